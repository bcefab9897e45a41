#!/usr/bin/env bash
# "Sign in" to the painted login page, over fresh starts of the program: bench/app/login.sh [RUNS] [BUILD-FOLDER]
# Prints minimum and median in milliseconds, of the page and of the window with the view in it, and the machine's load.
set -euo pipefail
runs=${1:-11}
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${2:-$root/build/bench}
work=$(mktemp -d)
# shellcheck source=resources/scripts/display.sh
. "$root/resources/scripts/display.sh"
display_start 1600x1000
trap 'display_stop; rm -rf "$work"' EXIT
export HOME=$work XDG_CONFIG_HOME=$work/c XDG_DATA_HOME=$work/d XDG_CACHE_HOME=$work/k XDG_STATE_HOME=$work/s XDG_RUNTIME_DIR=$work/r
mkdir "$work/r" && chmod 700 "$work/r"
unset DBUS_SESSION_BUS_ADDRESS
# The engine's sandbox cannot be had as root.
[ "$(id -u)" -ne 0 ] || export QTWEBENGINE_DISABLE_SANDBOX=1
column() { awk -v c="$1" '{print $c}' "$work/figures" | sort -n | awk '{v[NR]=$1} END{printf "min %.0f ms, median %.0f ms, max %.0f ms", v[1], v[int((NR+1)/2)], v[NR]}'; }
for idle in 0 3000; do
    : >"$work/figures"
    for i in $(seq 0 "$runs"); do
        "$build/bin/login_bench" "$idle" 2>"$work/errors" >"$work/figure" || { cat "$work/errors" >&2; exit 1; }
        [ "$i" -eq 0 ] || cat "$work/figure" >>"$work/figures" # the first one makes the keys and warms the disk cache
    done
    echo "clicked after $idle ms idle: page painted $(column 1) (budget 500); window shown $(column 2)"
done
echo "load: $(cut -d' ' -f1-3 /proc/loadavg), $runs runs each"
