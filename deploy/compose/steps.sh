# shellcheck shell=sh
# What install.sh and update.sh have in common. They read it with `.`; run alone it does nothing.
# They set: me (the name in messages), here (this directory), dir (the install), patience (of the doctor).
# shellcheck disable=SC2034,SC2154 # which names are set there and used here, or set here and used there

# What this writes is for its user alone, until it says otherwise.
umask 077
# For messages and reports, also while standard output or error of a step goes elsewhere.
exec 3>&1 4>&2

compose_name=docker-compose.release.yml
overlay_name=docker-compose.koda-checks.yml
# What a release brings: an update replaces these and nothing else of an install.
managed='bundle checks manifest.json CHECKSUMS.txt .release.env'

say() {
    printf '%s: %s\n' "$me" "$1" >&4
}

die() {
    say "$2"
    exit "$1"
}

# Commands run in the background and are waited for: a shell looks at its traps while it waits, but not while a
# command in the foreground runs, and then Ctrl-C would have to wait for the doctor.
child=
input=/dev/null

attend() {
    "$@" <"$input" &
    await_child
}

await_child() {
    child=$!
    wait "$child"
    code=$?
    child=
    return "$code"
}

# The doctor changes nothing, so it does not keep the lock when this script is killed and it is not.
attend_koda() {
    "$koda" "$@" <"$input" 9<&- &
    await_child
}

end_child() {
    [ -n "$child" ] || return 0
    kill -TERM "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    child=
}

require_tools() {
    for tool in docker flock sha256sum; do
        command -v "$tool" >/dev/null || die 2 "$tool is not there; install it first"
    done
    attend docker compose version >/dev/null 2>&1 || die 2 'docker compose (version 2) is not there; install it first'
    attend docker info >/dev/null 2>&1 || die 2 'the Docker daemon does not answer; start it, or run this as a user who may use it'
}

# The koda that was named, else that of the distribution or checkout this file is in, else that of PATH.
find_koda() {
    if [ -z "$koda" ]; then
        for koda in "$here/../../bin/koda" "$here/../../koda"; do
            [ ! -f "$koda" ] || break
        done
        [ -f "$koda" ] || koda=$(command -v koda) || die 2 'no koda found; name it with --koda PROGRAM'
    fi
    "$koda" version >/dev/null 2>&1 </dev/null || die 2 "$koda does not run; it needs a Java runtime of version 17 or later"
}

# An absolute path for a directory that need not exist; its parent must.
absolute() {
    case $1 in
        /) printf '/' ;;
        */) absolute "${1%/}" ;;
        *)
            parent=$(CDPATH='' cd -- "$(dirname -- "$1")" 2>/dev/null && pwd -P) || return 1
            printf '%s/%s' "${parent%/}" "$(basename -- "$1")"
            ;;
    esac
}

# As Koda's own command names the project: so both see the same containers.
project_of() {
    basename -- "$1" | tr '[:upper:]' '[:lower:]' | tr -cd 'a-z0-9_-' | sed 's/^[_-]*//'
}

set_project() {
    project=$(project_of "$dir")
    [ -n "$project" ] || die 2 "no project name can be made of $dir; its last part needs a letter or a digit"
}

# One at a time. The lock is on the directory itself: it leaves no file, and a process that is killed lets go of it.
# What Docker still does for a killed run keeps it.
lock() {
    exec 9<"$dir" || die 2 "cannot open $dir"
    flock -n 9 || die 2 "another install or update of $dir is running; nothing was changed"
}

# The files of one release, which are in $1, with the .env $2: docker compose as Koda's own command calls it.
compose_of() {
    tree=$1
    env_file=$2
    shift 2
    overlay=$tree/checks/$overlay_name
    [ -f "$overlay" ] || overlay=
    pins=$tree/.release.env
    [ -f "$pins" ] || pins=
    set -- -f "$tree/bundle/$compose_name" ${overlay:+-f "$overlay"} "$@"
    # Beside the .env: the overlay names that file. One image after the other, as Koda's own command does it.
    attend env COMPOSE_PARALLEL_LIMIT=1 docker compose --project-name "$project" --project-directory "${env_file%/.env}" \
        --env-file "$env_file" ${pins:+--env-file "$pins"} "$@"
}

compose() {
    compose_of "$dir" "$dir/.env" "$@"
}

start_stack() {
    compose up --detach >&2
}

# Again and again until nothing fails, or the time is over.
gate() {
    attend_koda doctor --dir "$dir" --wait "$patience" --fail-on fail >&3 2>&4
}

# What of the doctor's exit code $1 is not 0 means for $2.
doctor_says() {
    case $1 in
        1) printf 'the doctor fails on %s' "$2" ;;
        *) printf 'the doctor could not be asked about %s (exit code %s); see above' "$2" "$1" ;;
    esac
}

# A length of time as the doctor takes it. It is asked only after everything is started, and that is too late to refuse.
is_time() {
    case $1 in
        *[!0-9A-Za-z]*) return 1 ;;
        *[1-9]*) printf '%s\n' "$1" | LC_ALL=C grep -Eiqx '([0-9]{1,6}d)?([0-9]{1,7}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?([0-9]{1,12}ms)?' ;;
        *) return 1 ;;
    esac
}

need_time() {
    is_time "$patience" || die 2 "--wait takes a time such as 120s or 5m, not $patience; $me --help lists the options"
}

# Copies the release at $1, a directory or a .tar.gz, to the empty directory $2: what its CHECKSUMS.txt lists and
# nothing else, and only if every sum is right.
stage_release() {
    source=$1
    tree=$2
    if [ -f "$source" ]; then
        unpack "$source" "$tree.unpacked"
        source=$unpacked
    fi
    [ -f "$source/CHECKSUMS.txt" ] || die 2 "$1 has no CHECKSUMS.txt; it is not a release"
    [ -f "$source/bundle/$compose_name" ] || die 2 "$1 has no bundle/$compose_name; it is not a release"
    cp "$source/CHECKSUMS.txt" "$tree/CHECKSUMS.txt" || die 2 "cannot write to $tree"
    copy_listed "$source" "$tree"
    refuse_unlisted "$source" "$tree"
    # The copy is what is verified: nobody changes it afterwards.
    (cd "$tree" && sha256sum -c CHECKSUMS.txt) >"$tree.sums" 2>&1 || {
        wrong=$(sed -n 's/: FAILED.*//p' "$tree.sums" | head -n 5 | tr '\n' ' ')
        die 2 "checksum mismatch: ${wrong:-CHECKSUMS.txt cannot be read }in $1"
    }
    # Containers read some of it, as other users, and run what may be run.
    chmod -R u=rwX,go=rX "$tree/bundle" || die 2 "cannot write to $tree"
    release=$(sed -n 's/.*"version"[[:space:]]*:[[:space:]]*"\([A-Za-z0-9._+-]*\)".*/\1/p' "$tree/manifest.json" 2>/dev/null | head -n 1)
    release=${release:-unknown}
}

unpack() {
    tar -tzf "$1" >"$2.list" 2>/dev/null || die 2 "$1 is not a .tar.gz"
    ! grep -Eq '^/|(^|/)\.\.(/|$)' "$2.list" || die 2 "$1 has paths that lead out of it"
    mkdir "$2" && tar -xzf "$1" -C "$2" || die 2 "cannot unpack $1"
    unpacked=$2
    # With one directory around it all, as tar archives often have.
    for inner in "$2"/*/; do
        [ -f "$unpacked/CHECKSUMS.txt" ] || [ ! -f "${inner}CHECKSUMS.txt" ] || unpacked=${inner%/}
    done
}

# The paths of CHECKSUMS.txt, one a line; a line that is none of its kind becomes one that cannot be a path.
listed() {
    sed 's/^[0-9a-fA-F]\{64\} [ *]\(.*\)$/\1/; t
        s/.*/:/' "$1/CHECKSUMS.txt"
}

copy_listed() {
    listed "$2" >"$2.paths"
    [ -s "$2.paths" ] || die 2 "CHECKSUMS.txt of $1 is empty"
    while IFS= read -r path; do
        case /$path/ in
            /:/ | //* | */../* | */./*) die 2 "CHECKSUMS.txt of $1 has a line that is not a SHA-256 and a path inside the release" ;;
        esac
        # All else in an install is ours or the user's.
        case $path in
            bundle/* | manifest.json | .release.env) ;;
            *) die 2 "CHECKSUMS.txt of $1 lists $path, which is no part of a release" ;;
        esac
        # A link could lead to any file of this host.
        if [ -L "$1/$path" ] || ! [ -f "$1/$path" ]; then
            die 2 "checksum mismatch: $path is listed but is no file of $1"
        fi
        mkdir -p "$2/$(dirname -- "$path")" && cp "$1/$path" "$2/$path" || die 2 "cannot copy $path of $1"
    done <"$2.paths"
}

refuse_unlisted() {
    (cd "$1" && find bundle ! -type d -print) >"$2.found"
    while IFS= read -r path; do
        grep -Fqx -e "$path" "$2.paths" || die 2 "checksum mismatch: $path of $1 is not in CHECKSUMS.txt"
    done <"$2.found"
}

# Adds our own part to the staged release $1: the overlay with the server, and which image it runs.
stage_checks() {
    mkdir -p "$1/checks" && cp "$here/$overlay_name" "$here/koda-checks.yaml" "$1/checks/" || die 2 "cannot write to $1"
    chmod 755 "$1/checks"
    chmod 644 "$1/checks"/*
}

# .release.env of the staged release $1: what the release brings, else what the install had ($2, may be absent), and our
# two lines.
stage_release_env() {
    base=$1/.release.env
    [ -f "$base" ] || base=$2
    {
        if [ -f "$base" ]; then
            grep -Ev '^(KODA_RELEASE|KODA_CHECKS_IMAGE)=' "$base"
        fi
        printf 'KODA_RELEASE=%s\n' "$release"
        [ ! -d "$1/checks" ] || printf 'KODA_CHECKS_IMAGE=koda-checks:%s\n' "$checks_version"
    } >"$1/.release.env.next" && mv -f "$1/.release.env.next" "$1/.release.env" || die 2 "cannot write to $1"
    if [ "$base" = "$2" ] && grep -Eqv '^(KODA_RELEASE=|KODA_CHECKS_IMAGE=|#|$)' "$1/.release.env"; then
        say '.release.env keeps what the release before had in it, because this one brings none: look it over'
    fi
}

# No registry has the image of our server: it is built of the distribution that this file is in.
find_distribution() {
    home=$(CDPATH='' cd -- "$here/../.." && pwd -P) || exit 70
    for jar in "$home"/lib/koda-cli-*.jar; do
        checks_version=${jar##*/koda-cli-}
        checks_version=${checks_version%.jar}
    done
    [ -f "$jar" ] || die 2 "the image of koda-checks is built of an unpacked koda-<version>.tar.gz, and $home is none; run this from one, or with --no-checks"
}

build_image() {
    say "building the image koda-checks:$checks_version"
    attend docker build --quiet --file "$here/Dockerfile" --tag "koda-checks:$checks_version" "$home" >&2
}
