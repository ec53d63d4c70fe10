#!/bin/sh
# Installs a release of Koda with Docker Compose, with koda-checks beside it, and asks the doctor whether it works.
# deploy/README.md tells what is written where.

set -u

me=install.sh
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 70
. "$here/steps.sh"

usage() {
    cat <<'END'
Usage: install.sh --release SOURCE [--dir DIR] [--koda PROGRAM] [--wait TIME] [--no-checks] [--dry-run]

Installs a release of Koda with Docker Compose and runs the doctor on it. Run again, it starts what it has installed.

  --release SOURCE  Directory or .tar.gz with bundle/, manifest.json and CHECKSUMS.txt.
  --dir DIR         Where to; default: ~/.koda. A .env or koda.yaml that is already there is used as it is.
  --koda PROGRAM    The koda whose doctor is asked; default: that of the distribution this script is in, else of PATH.
  --wait TIME       How long the stack may take until nothing fails; default: 120s.
  --no-checks       Without the koda-checks server.
  --dry-run         Say what would be done, verify the release, change nothing.
  -h, --help        Print this help and exit.

Exit codes:
  0     installed and started, and the doctor finds nothing that fails
  1     installed, but something fails or the doctor cannot be asked: the stack is left running so that you can look at it;
        mend it and run this again
  2     wrong usage, or refused: nothing was changed
  70    internal error
  129, 130, 143
        ended by a signal; before the first container is started nothing is left behind
END
}

release_source=
dir=${HOME:-}/.koda
koda=
patience=120s
with_checks=true
dry_run=false

need() {
    [ "$#" -ge 2 ] && [ -n "$2" ] || die 2 "$1 needs a value; install.sh --help lists the options"
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
        --no-checks) with_checks=false ;;
        --dry-run) dry_run=true ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) die 2 "unknown argument $1; install.sh --help lists the options" ;;
    esac
    shift
done
need_time
[ -n "$release_source" ] || die 2 'name the release with --release SOURCE'
[ -e "$release_source" ] || die 2 "$release_source is not there"
given=$dir
dir=$(absolute "$given") || die 2 "the directory above $given is not there; make it first"
set_project

made_directory=false
is_locked=false
# No container was started yet: what was written may go.
is_private=true
work=$dir/.koda-install

# Takes back what this or an earlier run has put into the directory, as long as nothing was started with it.
undo() {
    if [ -f "$work/moving" ]; then
        while IFS= read -r entry; do
            rm -rf "${dir:?}/$entry"
        done <"$work/moving"
    fi
    rm -rf "$work"
}

# shellcheck disable=SC2317,SC2329 # called by a trap
leave() {
    trap '' HUP INT TERM
    trap - EXIT
    end_child
    [ -z "${trial:-}" ] || rm -rf "$trial"
    if $is_private && $is_locked && [ -d "$work" ]; then
        undo
    fi
    if $is_private && $made_directory; then
        rmdir "$dir" 2>/dev/null
    fi
    exit "$1"
}

# shellcheck disable=SC2317,SC2329 # called by a trap
interrupted() {
    exec >&3 2>&4
    if $is_private; then
        say 'interrupted; nothing was changed'
    else
        say "interrupted; the containers were left as they are; run this again to go on, or 'docker compose -p $project stop'"
    fi
    leave "$1"
}

trap 'leave $?' EXIT
trap 'interrupted 129' HUP
trap 'interrupted 130' INT
trap 'interrupted 143' TERM

random_hex() {
    od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'
}

# One NAME=value a line; nothing of it is ever on a command line or printed.
secrets() {
    printf 'POSTGRES_PASSWORD=%s\n' "$(random_hex 32)"
    printf 'S3_ACCESS_KEY_ID=%s\n' "$(LC_ALL=C tr -dc 'A-Z2-7' </dev/urandom | head -c 20)"
    for name in S3_SECRET_ACCESS_KEY CONTROL_PLANE_API_TOKEN RUNTIME_LOCAL_UI_TOKEN WEB_OPERATOR_SESSION_SECRET KODA_AUDIT_HMAC_KEY; do
        printf '%s=%s\n' "$name" "$(random_hex 32)"
    done
}

# The template of the release with every secret replaced, and what it lacks added. awk reads the secrets from a file.
mint_env() {
    secrets >"$1/secrets" || die 70 'cannot make secrets'
    [ "$(wc -l <"$1/secrets")" = 7 ] && ! grep -Eq '=.{0,19}$' "$1/secrets" || die 70 'cannot make secrets: /dev/urandom or tr does not work'
    cat >"$1/defaults" <<'END'
POSTGRES_DB=koda
POSTGRES_USER=koda
CONTROL_PLANE_PORT=8090
WEB_PORT=3000
END
    # Who names the port says that the server is there, and then the doctor asks it.
    ! $with_checks || printf 'KODA_OPERATIONS_PORT=8091\n' >>"$1/defaults"
    template=$1/tree/bundle/.env.bootstrap
    [ -f "$template" ] || template=/dev/null
    awk '
        function name(line) { sub(/^[ \t]*(export[ \t]+)?/, "", line); sub(/[ \t]*=.*/, "", line); return line }
        FILENAME == secrets { value[name($0)] = $0; order[++count] = name($0); next }
        FILENAME == defaults { if (!(name($0) in seen)) { print; seen[name($0)] } next }
        /^[ \t]*(export[ \t]+)?[A-Za-z_][A-Za-z0-9_]*[ \t]*=/ {
            if (name($0) in value) { if (!(name($0) in seen)) print value[name($0)]; seen[name($0)]; next }
            seen[name($0)]
        }
        { print }
        END { for (i = 1; i <= count; i++) if (!(order[i] in seen)) print value[order[i]] }
    ' secrets="$1/secrets" defaults="$1/defaults" "$1/secrets" "$template" "$1/defaults" >"$1/tree/.env" || die 70 'cannot write .env'
    rm -f "$1/secrets" "$1/defaults"
}

# A new password does not open an old database.
refuse_leftovers() {
    attend docker volume ls --quiet --filter "label=com.docker.compose.project=$project" >"$1/volumes" || die 2 'cannot list the volumes of Docker'
    [ ! -s "$1/volumes" ] || die 2 "there are volumes of an earlier install of project $project, and no .env with its passwords in $dir: put that .env there, or remove the volumes ($(tr '\n' ' ' <"$1/volumes")) with 'docker volume rm' if nothing in them is needed"
}

# The whole install, in $1/tree; nothing outside of $1 is touched.
stage() {
    mkdir "$1/tree" || die 2 "cannot write to $1"
    stage_release "$release_source" "$1/tree"
    env_file=$dir/.env
    if [ ! -e "$dir/.env" ]; then
        refuse_leftovers "$1"
        mint_env "$1"
        env_file=$1/tree/.env
    elif $with_checks && ! grep -Eq '^(export )?KODA_OPERATIONS_(PORT|URL)=.' "$env_file"; then
        say 'the doctor will not ask koda-checks, because .env does not say where it is; add KODA_OPERATIONS_PORT=8091 to it'
    fi
    [ -e "$dir/koda.yaml" ] || printf '%s\n' '# What the doctor knows beyond .env: limits, checks of your own, suppressions. docs/koda-yaml.md describes it.' \
        'version: 1' "service: {name: \"$project\"}" >"$1/tree/koda.yaml"
    if $with_checks; then
        stage_checks "$1/tree"
    fi
    stage_release_env "$1/tree" "$dir/.release.env"
    compose_of "$1/tree" "$env_file" config --quiet >&2 || die 2 'docker compose does not accept the release with this .env; see above'
}

# What of the tree goes to the directory: not what the user has put there before.
wanted() {
    for entry in $managed .env koda.yaml; do
        [ ! -e "$1/$entry" ] || [ -e "$dir/$entry" ] || printf '%s\n' "$entry"
    done
}

put_in_place() {
    wanted "$work/tree" >"$work/moving.next"
    mv -f "$work/moving.next" "$work/moving" || die 2 "cannot write to $work"
    while IFS= read -r entry; do
        mv "$work/tree/$entry" "$dir/$entry" || die 2 "cannot write to $dir"
    done <"$work/moving"
    # New passwords are on the disk before a database is made with them.
    sync
    # From here on it is an install.
    rm -f "$work/moving"
    is_private=false
    rm -rf "$work"
}

is_installed() {
    [ -f "$dir/.env" ] && [ -f "$dir/bundle/$compose_name" ] && [ -f "$dir/CHECKSUMS.txt" ]
}

# What is in the directory that this script would not have to ask about.
refuse_strangers() {
    for entry in "$dir"/* "$dir"/.[!.]* "$dir"/..?*; do
        case ${entry##*/} in
            .env | koda.yaml | '*' | '.[!.]*' | '..?*') ;;
            *) die 2 "$dir is not empty: ${entry##*/} is in the way; nothing is overwritten" ;;
        esac
    done
}

same_release() {
    if [ -f "$release_source" ]; then
        mkdir "$1/tree" && stage_release "$release_source" "$1/tree"
        cmp -s "$1/tree/CHECKSUMS.txt" "$dir/CHECKSUMS.txt"
    else
        cmp -s "$release_source/CHECKSUMS.txt" "$dir/CHECKSUMS.txt"
    fi
}

refuse_another() {
    trial=$(mktemp -d) || exit 70
    same_release "$trial" || die 2 "$dir holds another release; use update.sh for that"
    (cd "$dir" && sha256sum -c CHECKSUMS.txt) >/dev/null 2>&1 || say 'files of the release have been changed since it was installed; they are used as they are'
}

say_setting() {
    sed -n "s/^$1=[\"']\{0,1\}\([0-9]*\)[\"']\{0,1\}[[:space:]]*\$/\1/p" "$dir/.env" | tail -n 1
}

dry_run() {
    if [ -d "$dir" ] && is_installed; then
        refuse_another
        say "would start what is installed in $dir, and run the doctor for at most $patience"
        return
    fi
    [ ! -d "$dir" ] || [ -d "$work" ] || refuse_strangers
    trial=$(mktemp -d) || exit 70
    stage "$trial"
    say "the checksums of release $release are right, and docker compose accepts it"
    say "would write to $dir: $(wanted "$trial/tree" | tr '\n' ' ')"
    if $with_checks; then
        say "would build the image koda-checks:$checks_version"
    fi
    say "would start project $project, and run the doctor for at most $patience"
}

require_tools
find_koda
if $with_checks; then
    find_distribution
fi
if $dry_run; then
    dry_run
    exit 0
fi

if [ ! -d "$dir" ]; then
    mkdir "$dir" || die 2 "cannot make $dir"
    made_directory=true
fi
lock
is_locked=true
[ ! -e "$dir/.koda-update" ] || die 2 "an update of $dir did not end; run update.sh --dir $dir --recover"
if [ -d "$work" ]; then
    say 'an earlier run ended before it had started anything; beginning anew'
    undo
fi

if is_installed; then
    refuse_another
    say "release $(sed -n 's/^KODA_RELEASE=//p' "$dir/.release.env") is installed in $dir; starting it"
    # Somebody may have tidied up.
    [ ! -d "$dir/checks" ] || ! $with_checks || attend docker image inspect "koda-checks:$checks_version" >/dev/null 2>&1 || build_image || die 2 'the image of koda-checks could not be built; see above'
else
    refuse_strangers
    mkdir "$work" || die 2 "cannot write to $dir"
    stage "$work"
    if $with_checks; then
        build_image || die 2 'the image of koda-checks could not be built; see above, or install with --no-checks'
    fi
    put_in_place
    say "installed release $release in $dir"
fi

is_private=false
start_stack || die 1 "docker compose could not start the stack; it is left as it is: look at 'docker compose -p $project ps -a', mend it and run this again"
say "started; the doctor looks for at most $patience"
gate
code=$?
case $code in
    0)
        port=$(say_setting WEB_PORT)
        say "done; open http://127.0.0.1:${port:-3000}/setup"
        ;;
    1)
        die 1 "the doctor fails: the stack is left running so that you can look at it; mend it and run this again ($koda doctor --dir $dir)"
        ;;
    *) die 1 "the doctor could not be asked (exit code $code); the stack is left running: see above, mend it and run this again" ;;
esac
