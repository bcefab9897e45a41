#!/usr/bin/env bash
# Walks through the console by itself, without a display: light at 1x, then dark at 1.5x, each with fresh files of its own.
#   tour.sh PROGRAM FOLDER [ARGUMENT...]
# PROGRAM is the gatewarden-tour of a build; the pictures go to FOLDER/light-1x and FOLDER/dark-1.5x; the arguments are passed
# on. Exit 0 only if every step of both walks held.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/display.sh"

[ $# -ge 2 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
program=$(realpath "$1")
mkdir -p "$2"
pictures=$(cd "$2" && pwd)
shift 2

home=''
tidy() {
    display_stop
    [ -z "$home" ] || rm -rf "$home"
}
trap tidy EXIT
trap 'exit 143' TERM INT HUP

# walk NAME SCHEME SCALE SCREEN ARGUMENT...
walk() {
    local name=$1 scheme=$2 scale=$3 screen=$4 status=0
    shift 4
    echo "Tour: $scheme, ${scale}x"
    rm -rf "${pictures:?}/$name"
    display_start "$screen"
    # Short, since a socket's path may hold 107 bytes.
    home=$(mktemp -d "${TMPDIR:-/tmp}/gw-tour.XXXXXX")
    mkdir -p "$home"/{home,config,data,cache,state} && mkdir -m 700 "$home/run"
    # Nothing of the person who runs this is read or written: no ~/.aws, no keyring, no settings.
    env -u AWS_PROFILE -u AWS_CONFIG_FILE -u AWS_SHARED_CREDENTIALS_FILE -u GATEWARDEN_SOCKET \
        HOME="$home/home" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" \
        XDG_STATE_HOME="$home/state" XDG_RUNTIME_DIR="$home/run" DBUS_SESSION_BUS_ADDRESS="unix:path=$home/run/no-bus" \
        QT_QPA_PLATFORM=xcb QT_SCALE_FACTOR="$scale" GATEWARDEN_THEME="$scheme" LIBGL_ALWAYS_SOFTWARE=1 \
        QTWEBENGINE_CHROMIUM_FLAGS="--disable-gpu ${QTWEBENGINE_CHROMIUM_FLAGS:-}" \
        timeout --kill-after=10 "${GW_TOUR_SECONDS:-420}" \
        "$program" "$pictures/$name" "$@" </dev/null || status=$?
    display_stop
    rm -rf "$home"
    home=''
    case $status in
        0) ;;
        124 | 137) echo "Tour: $scheme, ${scale}x did not end in time" ;;
        *) echo "Tour: $scheme, ${scale}x failed (exit code $status)" ;;
    esac
    return "$status"
}

if [ "$(id -u)" -eq 0 ]; then
    echo "Running as root: the web engine's sandbox cannot work and is switched off for this tour."
    export QTWEBENGINE_DISABLE_SANDBOX=1
fi
result=0
walk light-1x light 1 1600x1000 "$@" || result=$?
walk dark-1.5x dark 1.5 2400x1500 "$@" || result=$?
if [ "$result" -eq 0 ]; then
    echo "Tour: every step held. Pictures: $(find "$pictures" -name '*.png' | wc -l) in $pictures"
fi
exit "$result"
