#!/bin/sh
# valkey-package.sh FOLDER [VERSION]: leaves valkey-server, -cli and -benchmark in FOLDER/bin, from Debian's or Ubuntu's
# packages.
#
# Needs no root and installs nothing: apt downloads into FOLDER, the packages are unpacked there, and the programs are
# kept with every library they use, libc and loader too. So a newer suite's package runs on an older system, and FOLDER
# may be moved. The mirror, and how to reach it, are those of apt's own configuration; apt verifies signatures as ever.
#
# The first source that has a 9.x or later wins, else the first that has an 8.x: the distribution's newest suites, this
# system's own sources, its backports. With VERSION, such as 8.0, only one of that version will do.
#
# Prints the version and exits with 0; or prints apt's complaints on standard error and exits with 1; 130 when interrupted.
set -u

main() {
    mkdir -p "$1/unpacking" && folder=$(CDPATH='' cd "$1" && pwd -P) || exit 1
    work=$folder/unpacking log=$folder/unpacking/log
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' HUP INT TERM
    LC_ALL=C arch=$(dpkg --print-architecture) && . /etc/os-release || exit 1
    export LC_ALL
    codename=${UBUNTU_CODENAME:-${VERSION_CODENAME:-}}
    configure_apt
    find_mirror
    only=${2:-}
    for wanted in 9 8; do
        for suite in $newest_suites; do
            fetch "$wanted" "$suite" && keep && return
        done
        fetch "$wanted" && keep && return
        [ -n "$newest_suites" ] && fetch "$wanted" "$codename" "$codename-backports" && keep && return
    done
    cat "$log" >&2
    exit 1
}

# Folders of our own for all that apt writes. Of the system's settings only those for reaching a mirror (proxies,
# certificates): its hooks and extra indexes are no concern of ours. Nothing counts as installed: all is fetched.
configure_apt() {
    : >"$work/status"
    {
        apt-config dump | grep '^Acquire' | grep -v '^Acquire::\(IndexTargets\|Languages\)'
        cat <<END
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
APT::Architectures { "$arch"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Debug::NoLocking "true";
Dir::Cache "$work/cache";
Dir::Etc::Main "/dev/null";
Dir::Etc::Parts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::Log "$work";
Dir::State "$work";
Dir::State::Status "$work/status";
END
    } >"$work/apt.conf"
    export APT_CONFIG="$work/apt.conf"
}

find_mirror() { # of the distribution's own archive: mirror, keyring, components, and the suites where a new Valkey is
    mirror=$(apt-get update --print-uris 2>>"$log" | sed -n "s#^'\(.*\)/dists/$codename/InRelease'.*#\1#p" | head -1)
    newest_suites=''
    case " ${ID:-} ${ID_LIKE:-} " in
        *' ubuntu '*) keyring=/usr/share/keyrings/ubuntu-archive-keyring.gpg components='main universe' suites=devel ;;
        *' debian '*) keyring=/usr/share/keyrings/debian-archive-keyring.gpg components=main suites='sid trixie' ;;
        *) return ;;
    esac
    [ -n "$mirror" ] && [ -r "$keyring" ] && newest_suites=$suites
}

# fetch MAJOR [SUITE...]: unpacks Valkey, of that major version or later, and all it needs in work/root; from these
# suites of the mirror (the last is preferred), or else from the system's own sources.
fetch() {
    wanted=$1
    shift
    source=$work/source-${*:-own}
    if [ $# -gt 0 ]; then
        for suite do
            printf '%s\n' "deb [signed-by=$keyring arch=$arch target=Packages] $mirror $suite $components"
        done >"$source.list"
        if [ $# -gt 1 ]; then set -- -o APT::Default-Release="$suite"; else set --; fi
        set -- "$@" -o Dir::Etc::SourceList="$source.list" -o Dir::Etc::SourceParts=/dev/null
    fi
    set -- -qq -o Dir::State::Lists="$source" "$@"
    if ! [ -d "$source" ]; then
        mkdir -p "$source/partial"
        apt-get "$@" update 2>>"$log" # a source that fails is named in the log; another may do
    fi
    candidate=$(apt-cache "$@" policy valkey-server 2>>"$log" | sed -n 's/^ *Candidate: \([0-9].*\)/\1/p')
    major=${candidate%%.*}
    [ "${major:-0}" -ge "$wanted" ] || return 1
    case $candidate in "$only"*) ;; *) return 1 ;; esac

    rm -rf "$work/cache" "$work/root"
    mkdir -p "$work/cache/archives/partial" "$work/root"
    apt-get "$@" -y --download-only install valkey-server valkey-tools >>"$log" 2>&1 || return 1
    for package in "$work"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$work/root" 2>>"$log" || return 1
    done
}

keep() { # keeps the programs, the loader and the libraries they use, and a starter for each; true if the server runs
    rm -rf "$folder/bin" "$folder/lib" "$folder/programs"
    mkdir -p "$folder/bin" "$folder/lib" "$folder/programs"
    path=$(printf '%s:' "$work"/root/usr/lib/*-linux-gnu* "$work"/root/lib/*-linux-gnu*)
    for loader in "$work"/root/usr/lib/*-linux-gnu*/ld-linux*.so.* "$work"/root/lib/*-linux-gnu*/ld-linux*.so.*; do
        [ -e "$loader" ] && break
    done
    cp -L "$loader" "$folder/lib/ld.so" 2>>"$log" || return 1
    for program in valkey-server valkey-cli valkey-benchmark; do
        cp -L "$work/root/usr/bin/$program" "$folder/programs/" 2>>"$log" || return 1
        "$loader" --library-path "$path" --list "$folder/programs/$program" 2>>"$log" |
            sed -n 's/.* => \(.*\) (0x.*/\1/p' |
            while read -r library; do cp -L "$library" "$folder/lib/"; done
        cat >"$folder/bin/$program" <<'END'
#!/bin/sh
home=${0%/*}/..
exec "$home/lib/ld.so" --library-path "$home/lib" "$home/programs/${0##*/}" "$@"
END
        chmod +x "$folder/bin/$program"
    done
    "$folder/bin/valkey-server" --version 2>>"$log"
}

main "$@"
