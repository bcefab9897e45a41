#!/usr/bin/env bash
# Installs what is missing, builds everything and runs every test.
#
#   tests/run.sh [CTEST ARGUMENT...]        for example: tests/run.sh -L core, tests/run.sh -R interop
#
# The build's output goes to build/dev-build.log, the tests' to build/dev/Testing/Temporary/LastTest.log. With CI=true a
# skipped test counts as a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-} in -h | --help) sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; exit 0 ;; esac
. resources/scripts/packages.sh
. resources/scripts/build.sh
. resources/scripts/display.sh

packages_ensure build run tour test || exit 1
echo 'Building the preset dev…'
build_preset dev || exit 1

# Tests keep to a folder of their own; a forgotten one shall not find anyone's profiles, keyring or settings either.
home=$(mktemp -d "${TMPDIR:-/tmp}/gw-tests.XXXXXX")
tidy() {
    display_stop
    rm -rf "$home"
}
trap tidy EXIT
trap 'exit 143' TERM INT HUP
mkdir -p "$home"/{config,data,cache,state} && mkdir -m 700 "$home/run"
export GW_PEERS_CACHE=${GW_PEERS_CACHE:-$HOME/.cache/gatewarden-peers}
export XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache XDG_STATE_HOME=$home/state
export XDG_RUNTIME_DIR=$home/run DBUS_SESSION_BUS_ADDRESS=unix:path=$home/run/no-bus
export AWS_CONFIG_FILE=$home/aws-config AWS_SHARED_CREDENTIALS_FILE=$home/aws-credentials AWS_EC2_METADATA_DISABLED=true
unset AWS_PROFILE AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN GATEWARDEN_SOCKET
export LANG=C.UTF-8 LC_ALL=C.UTF-8

# Web tests draw on this display, one at a time; widget tests run offscreen.
display_start 1600x1000
export QT_QPA_PLATFORM=xcb LIBGL_ALWAYS_SOFTWARE=1 QTWEBENGINE_CHROMIUM_FLAGS="--disable-gpu ${QTWEBENGINE_CHROMIUM_FLAGS:-}"
if [ "$(id -u)" -eq 0 ]; then
    echo "Running as root: the web engine's sandbox cannot work and is switched off for the tests."
    export QTWEBENGINE_DISABLE_SANDBOX=1
fi

log=build/dev/ctest.log
status=0
ctest --test-dir build/dev --output-on-failure --parallel 2 "$@" </dev/null 2>&1 | tee "$log" || status=$?

# GoogleTest and QTest call a program that skipped a part "passed", so ctest cannot tell; its own log can.
skipped=$(grep -hE '^\[  SKIPPED \] |^SKIP   : |\*\*\*Skipped|\*\*\*Not Run' build/dev/Testing/Temporary/LastTest.log "$log" | sort -u || true)
if [ -n "$skipped" ]; then
    printf '\nSkipped:\n%s\n' "$skipped"
    if [ "${CI:-}" = true ]; then
        echo 'Nothing may be skipped with CI=true: this run failed.'
        [ "$status" -ne 0 ] || status=1
    fi
    sed -n '/tests passed, .* failed out of/,$p' "$log"
fi
exit "$status"
