#!/bin/sh
# Updates an install of Koda to another release, and keeps it only if the doctor finds nothing that fails.
# deploy/README.md tells what is done at which step, and what is not undone: databases.

set -u

me=update.sh
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 70
. "$here/steps.sh"

usage() {
    cat <<'END'
Usage: update.sh --release SOURCE [--dir DIR] [--koda PROGRAM] [--wait TIME] [--no-pull]
       update.sh --recover [--dir DIR] [--koda PROGRAM] [--wait TIME]

Updates an install of Koda. The new release is committed only if the doctor finds nothing that fails; else the files and
image tags of the release before are put back and it is started again. Volumes are never reverted: make a backup first.

  --release SOURCE  Directory or .tar.gz with bundle/, manifest.json and CHECKSUMS.txt.
  --recover         Only put an update in order that did not end; any other run does that first, too.
  --dir DIR         The install; default: ~/.koda.
  --koda PROGRAM    The koda whose doctor is asked; default: that of the distribution this script is in, else of PATH.
  --wait TIME       How long the stack may take until nothing fails; default: 120s.
  --no-pull         Do not pull images: they are already on this host.
  -h, --help        Print this help and exit.

Exit codes:
  0     the new release runs and is committed; with --recover: the install is in order
  1     the new release did not work: the one before is back and runs, and the doctor finds nothing that fails
  2     wrong usage, or refused: nothing was changed
  3     the release before could not be put back, or it fails too or cannot be asked: the last lines say what to do
  70    internal error
  129, 130, 143
        ended by a signal: nothing was changed or the release before is back, unless the last line says otherwise
END
}

release_source=
dir=${HOME:-}/.koda
koda=
patience=120s
recover_only=false
pull=true

need() {
    [ "$#" -ge 2 ] && [ -n "$2" ] || die 2 "$1 needs a value; update.sh --help lists the options"
}

while [ "$#" -gt 0 ]; do
    case $1 in
        --release | --dir | --koda | --wait)
            need "$@"
            case $1 in
                --release) release_source=$2 ;;
                --dir) dir=$2 ;;
                --koda) koda=$2 ;;
                --wait) patience=$2 ;;
            esac
            shift
            ;;
        --recover) recover_only=true ;;
        --no-pull) pull=false ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) die 2 "unknown argument $1; update.sh --help lists the options" ;;
    esac
    shift
done
need_time
if $recover_only; then
    [ -z "$release_source" ] || die 2 'either --recover or --release, not both'
else
    [ -n "$release_source" ] || die 2 'name the release with --release SOURCE'
    [ -e "$release_source" ] || die 2 "$release_source is not there"
fi
given=$dir
dir=$(absolute "$given") && [ -d "$dir" ] || die 2 "$given is not there; install.sh makes it"
set_project

# The journal: what step was begun, and all that is needed to go back. It stays until everything is in order.
work=$dir/.koda-update

phase() {
    sed -n 1p "$work/phase" 2>/dev/null
}

# Written in one step: whoever reads it finds the old word or the new one.
note() {
    printf '%s\n' "$1" >"$work/phase.next" && mv -f "$work/phase.next" "$work/phase"
}

begin() {
    note "$1" || die 2 "cannot write to $work"
}

release_of() {
    name=$(sed -n 's/^KODA_RELEASE=//p' "$1/.release.env" 2>/dev/null | tail -n 1)
    printf '%s' "${name:-unknown}"
}

## Images: a tag may be moved by a pull or a build, so each image gets a second tag that nobody moves.

remember_images() {
    compose config --images >"$work/references" || die 2 'docker compose does not accept the files of the install; see above'
    : >"$work/images.next"
    count=0
    while IFS= read -r reference; do
        count=$((count + 1))
        attend docker image inspect --format '{{.Id}}' "$reference" >"$work/id" 2>/dev/null || continue
        kept=koda-rollback:$project-$count
        printf '%s %s\n' "$kept" "$reference" >>"$work/images.next"
        attend docker image tag "$(cat "$work/id")" "$kept" || die 2 "cannot tag $reference"
    done <"$work/references"
    mv -f "$work/images.next" "$work/images"
}

restore_images() {
    [ -f "$work/images" ] || return 0
    while read -r kept reference; do
        case $reference in
            # Named by its content: nobody can move it.
            *@sha256:*) ;;
            *) attend docker image tag "$kept" "$reference" || return 1 ;;
        esac
    done <"$work/images"
}

forget_images() {
    for list in "$work/images" "$work/images.next"; do
        [ -f "$list" ] || continue
        while read -r kept reference; do
            attend docker image rm --no-prune "$kept" >/dev/null 2>&1
        done <"$list"
    done
}

## The schema: which migrations each schema_migrations table lists. Koda's Postgres answers, if it is one of compose.

migrations() {
    cat >"$work/migrations.sql" <<'END'
SELECT format('SELECT %L, count(*), max(version) FROM %I.schema_migrations', schemaname, schemaname)
FROM pg_tables WHERE tablename = 'schema_migrations' ORDER BY schemaname \gexec
END
    input=$work/migrations.sql
    # shellcheck disable=SC2016 # the container knows them
    compose exec --no-TTY postgres sh -c 'PGCONNECT_TIMEOUT=5 PGOPTIONS="-c statement_timeout=5s" exec psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" -AtXq -v ON_ERROR_STOP=1' >"$1" 2>/dev/null
    code=$?
    input=/dev/null
    [ "$code" = 0 ] || rm -f "$1"
    return "$code"
}

say_schema() {
    if ! [ -f "$work/migrations.before" ] || ! migrations "$work/migrations.after"; then
        say 'volumes are not reverted; whether the new release has migrated the database is unknown, because its Postgres cannot be asked: compare schema_migrations with your backup'
    elif cmp -s "$work/migrations.before" "$work/migrations.after"; then
        say 'volumes are not reverted; the new release has not migrated the database'
    else
        say "volumes are not reverted, and the new release has migrated the database: it was at $(tr '\n' ' ' <"$work/migrations.before")and is at $(tr '\n' ' ' <"$work/migrations.after")now. If the release before does not work with that, restore the backup of before the update"
    fi
}

## Files

back_up() {
    mkdir "$work/old.next" || die 2 "cannot write to $work"
    for entry in $managed; do
        [ ! -e "$dir/$entry" ] || cp -Rp "$dir/$entry" "$work/old.next/$entry" || die 2 "cannot copy $dir/$entry"
    done
    mv "$work/old.next" "$work/old" || die 2 "cannot write to $work"
}

# Makes the install have the managed files of $1 and no others. Done twice, it comes to the same.
put() {
    for entry in $managed; do
        rm -rf "$work/entry" || return 1
        if [ -e "$1/$entry" ]; then
            cp -Rp "$1/$entry" "$work/entry" || return 1
        fi
        rm -rf "${dir:?}/$entry" || return 1
        if [ -e "$work/entry" ]; then
            mv "$work/entry" "$dir/$entry" || return 1
        fi
    done
}

# Services of the release $1 that the release $2 has not.
services_beyond() {
    compose_of "$1" "$dir/.env" config --services >"$work/services.1" && compose_of "$2" "$dir/.env" config --services >"$work/services.2" || return 1
    # An empty list would make every service one too many.
    [ -s "$work/services.2" ] || return 1
    grep -Fvx -f "$work/services.2" "$work/services.1" || true
}

# compose leaves alone what its file does not name: a service of one release only would go on running.
remove_beyond() {
    beyond=$(services_beyond "$1" "$2") || return 1
    for service in $beyond; do
        compose_of "$1" "$dir/.env" rm --stop --force "$service" >&2 || return 1
    done
}

## The ways back. Each may be done again after it was cut off.

forget() {
    forget_images
    # First the word: without it there is nothing to recover.
    rm -f "$work/phase" && rm -rf "$work"
}

roll_back() {
    note rolling-back || not_back 'its journal could not be written'
    say "putting release $(release_of "$work/old") back"
    say_schema
    remove_beyond "$work/new" "$work/old" || not_back 'a service that only the new release has could not be removed'
    put "$work/old" || not_back 'its files could not be written'
    restore_images || not_back 'a tag of its images could not be put back'
    start_stack || not_back 'docker compose could not start it'
    gate
    code=$?
    if [ "$code" != 0 ]; then
        say "$(doctor_says "$code" 'the release before')"
        [ "$(cat "$work/before" 2>/dev/null)" != 1 ] || say 'it failed before the update already'
        [ "$code" = 1 ] || not_back 'it runs, but the doctor could not be asked'
        not_back 'it runs, but the doctor fails'
    fi
    # As before a commit.
    sync
    say "release $(release_of "$dir") is back and runs"
    forget
}

not_back() {
    say "release $(release_of "$work/old") is not back in order: $1"
    say "its files are in $work/old, its images have the tags koda-rollback:$project-N ($work/images)"
    say "look at 'docker compose -p $project ps -a', mend what is wrong, then run: $here/update.sh --recover --dir $dir"
    trap - EXIT
    exit 3
}

# Puts in order whatever step was cut off.
recover() {
    if [ ! -e "$work/phase" ]; then
        # Before the first word or after the last one: there is nothing to go back from.
        rm -rf "$work"
        return
    fi
    case $(phase) in
        preparing)
            forget
            say 'nothing was changed'
            ;;
        pulling)
            restore_images || not_back 'a tag of its images could not be put back'
            forget
            say 'nothing was changed'
            ;;
        committed) finish ;;
        *) roll_back ;;
    esac
}

finish() {
    remove_beyond "$work/old" "$work/new" || say 'a service that only the release before had could not be removed'
    forget
    say "release $(release_of "$dir") is committed"
}

is_locked=false

# shellcheck disable=SC2317,SC2329 # called by a trap
interrupted() {
    trap 'cut_off' HUP INT TERM
    exec >&3 2>&4
    end_child
    input=/dev/null
    say 'interrupted'
    if $is_locked && [ -d "$work" ]; then
        recover
    fi
    trap - EXIT
    exit "$1"
}

# shellcheck disable=SC2317,SC2329 # called by a trap
cut_off() {
    trap '' HUP INT TERM
    end_child
    not_back 'it was interrupted again'
}

# shellcheck disable=SC2317,SC2329 # called by a trap
leave() {
    trap - EXIT
    # Only what ended before anything was changed comes here with a journal.
    if $is_locked && [ -d "$work" ]; then
        recover
    fi
    exit "$1"
}

trap 'leave $?' EXIT
trap 'interrupted 129' HUP
trap 'interrupted 130' INT
trap 'interrupted 143' TERM

require_tools
find_koda
lock
is_locked=true
if [ -d "$work" ]; then
    say "an earlier update ended in the middle ($(phase | sed 's/^$/preparing/')); putting that in order first"
    recover
fi
if $recover_only; then
    say 'the install is in order'
    exit 0
fi
[ ! -e "$dir/.koda-install" ] || die 2 "an install into $dir did not end; run install.sh again"
[ -f "$dir/.env" ] && [ -f "$dir/bundle/$compose_name" ] || die 2 "$dir is no install of Koda: it needs .env and bundle/$compose_name"

## Nothing is changed up to the switch, but for tags of images.

mkdir "$work" || die 2 "cannot write to $dir"
begin preparing
mkdir "$work/new" || die 2 "cannot write to $work"
stage_release "$release_source" "$work/new"
if [ -d "$dir/checks" ]; then
    find_distribution
    stage_checks "$work/new"
fi
stage_release_env "$work/new" "$dir/.release.env"
compose_of "$work/new" "$dir/.env" config --quiet >&2 || die 2 'docker compose does not accept the new release with the .env of this install; see above, add what is missing to .env and run this again'
if [ -f "$work/new/bundle/MIGRATION.md" ] && ! cmp -s "$work/new/bundle/MIGRATION.md" "$dir/bundle/MIGRATION.md"; then
    say "the new release has notes on migration: bundle/MIGRATION.md"
fi
say "updating $dir from release $(release_of "$dir") to $release; volumes are not part of the way back"
attend_koda doctor --dir "$dir" --fail-on fail >/dev/null 2>"$work/doctor.log"
code=$?
printf '%s\n' "$code" >"$work/before"
case $code in
    0) ;;
    1) say "the doctor fails already: $(tail -n 1 "$work/doctor.log"); going on, for the update may mend it" ;;
    *)
        cat "$work/doctor.log" >&2
        die 2 "the doctor cannot look at this install (exit code $code); see above"
        ;;
esac
migrations "$work/migrations.before" || say 'which migrations the database has cannot be asked'
back_up
remember_images

begin pulling
if $pull; then
    compose_of "$work/new" "$dir/.env" pull >&2 || die 2 'the images of the new release could not be pulled; see above'
fi
if [ -d "$work/new/checks" ]; then
    build_image || die 2 'the image of koda-checks could not be built; see above'
fi

# From here on a power cut finds the way back on the disk, too.
sync
begin switching
put "$work/new" || {
    say "the files of the new release could not be written"
    recover
    trap - EXIT
    exit 1
}

begin starting
start_stack || {
    say 'docker compose could not start the new release'
    recover
    trap - EXIT
    exit 1
}
say "the new release is started; the doctor looks for at most $patience before it is committed"
begin checking
gate
code=$?
if [ "$code" != 0 ]; then
    say "$(doctor_says "$code" 'the new release')"
    recover
    trap - EXIT
    exit 1
fi
# Without the journal nothing finds the way back: first the new files are on the disk.
sync
begin committed
finish
trap - EXIT
