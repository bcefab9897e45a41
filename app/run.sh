#!/usr/bin/env bash
# Builds Gatewarden and starts it in its practice environment: no account and no network are needed.
#
#   app/run.sh [--tour] [ARGUMENT...]
#
#   --tour    walk through the console by itself and leave pictures in build/tour; this is also what happens
#             where there is no display
#   --help    this text
#
# Missing Debian packages are installed (as root) or named and asked for. Further arguments go to the program;
# build/release/bin/gatewarden --help lists them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. resources/scripts/packages.sh
. resources/scripts/build.sh

tour=''
arguments=()
for argument in "$@"; do
    case $argument in
        --tour) tour=1 ;;
        -h | --help) sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; exit 0 ;;
        *) arguments+=("$argument") ;;
    esac
done
if [ -z "$tour" ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    echo 'There is no display: the console walks through itself and leaves pictures in build/tour.'
    tour=1
fi

groups=(build run)
[ -z "$tour" ] || groups+=(tour)
packages_ensure "${groups[@]}" || exit 1

if [ -x build/release/bin/gatewarden ]; then
    echo 'Building what changed…'
else
    echo 'Building (the first time takes about 6 minutes on two cores)…'
fi
build_preset release || exit 1

if [ -n "$tour" ]; then
    exec resources/scripts/tour.sh build/release/bin/gatewarden-tour build/tour "${arguments[@]}"
fi
if [ "$(id -u)" -eq 0 ] && [ -z "${QTWEBENGINE_DISABLE_SANDBOX:-}" ]; then
    echo "Running as root: the web engine's sandbox cannot work and is switched off. Better not sign in for real this way."
    export QTWEBENGINE_DISABLE_SANDBOX=1
fi
echo 'Starting the console in its practice environment.'
exec build/release/bin/gatewarden --practice "${arguments[@]}"
