#!/bin/bash
# Runs one test program of the sign-in view on a display: the one that is there, or an Xvfb of its own.
#   tests/web/run_web_test.sh PROGRAM [ARGUMENT…]
set -euo pipefail

if [ $# -lt 1 ]; then
    echo "usage: $0 PROGRAM [ARGUMENT…]" >&2
    exit 64
fi

export QT_QPA_PLATFORM=xcb
export LIBGL_ALWAYS_SOFTWARE=1
export QTWEBENGINE_CHROMIUM_FLAGS="--disable-gpu"
if [ "$(id -u)" = 0 ]; then
    echo "run_web_test: uid 0, so the web engine runs without its sandbox" >&2
    export QTWEBENGINE_DISABLE_SANDBOX=1
fi

xvfb=
finish() {
    if [ -n "$xvfb" ]; then
        kill "$xvfb" 2>/dev/null || true
        wait "$xvfb" 2>/dev/null || true
    fi
}
trap finish EXIT

if [ -z "${DISPLAY:-}" ]; then
    command -v Xvfb >/dev/null || { echo "run_web_test: Xvfb is not installed" >&2; exit 69; }
    display_file=$(mktemp)
    # The server picks a free number and writes it down once it takes connections.
    Xvfb -displayfd 3 -screen 0 1600x1200x24 -nolisten tcp -noreset 3>"$display_file" 2>/dev/null &
    xvfb=$!
    for _ in $(seq 200); do
        [ -s "$display_file" ] && break
        kill -0 "$xvfb" 2>/dev/null || { echo "run_web_test: Xvfb ended at once" >&2; exit 69; }
        sleep 0.05
    done
    [ -s "$display_file" ] || { echo "run_web_test: Xvfb gave no display within 10 s" >&2; exit 69; }
    DISPLAY=:$(head -n1 "$display_file")
    export DISPLAY
    rm -f "$display_file"
fi

status=0
"$@" || status=$?
exit "$status"
