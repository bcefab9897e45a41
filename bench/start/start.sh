#!/usr/bin/env bash
# Start to painted window and idle memory, beside KeePassXC in the same run: bench/start/start.sh [RUNS] [BUILD-FOLDER]
# The two programs take turns under one Xvfb; medians and their ratio are printed.
set -euo pipefail
runs=${1:-9}
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${2:-$root/build/bench}
work=$(mktemp -d)
display=:$((200 + RANDOM % 300))
Xvfb "$display" -screen 0 1600x1000x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do DISPLAY=$display xdpyinfo >/dev/null 2>&1 && break; sleep 0.05; done
export DISPLAY=$display HOME=$work XDG_CONFIG_HOME=$work/c XDG_DATA_HOME=$work/d XDG_CACHE_HOME=$work/k XDG_RUNTIME_DIR=$work/r
mkdir "$work/r" && chmod 700 "$work/r"
unset DBUS_SESSION_BUS_ADDRESS

measure() { # NAME COMMAND...
    local name=$1
    shift
    "$build/bin/painted" "$@" 2>/dev/null >>"$work/$name"
}
for i in $(seq 0 "$runs"); do
    measure gatewarden "$build/bin/gatewarden"
    measure keepassxc keepassxc
    [ "$i" -gt 0 ] || rm -f "$work/gatewarden" "$work/keepassxc" # the first round warms the disk cache
done
median() { sort -n | awk '{v[NR]=$1} END{print v[int((NR+1)/2)]}'; }
for name in gatewarden keepassxc; do
    awk '{print $1}' "$work/$name" | median >"$work/$name.ms"
    awk '{print $3}' "$work/$name" | median >"$work/$name.kib"
    printf '%-11s start to painted window %7.1f ms   idle PSS %6.1f MiB\n' "$name" "$(cat "$work/$name.ms")" "$(awk '{print $1/1024}' "$work/$name.kib")"
done
awk -v a="$(cat "$work/gatewarden.ms")" -v b="$(cat "$work/keepassxc.ms")" -v c="$(cat "$work/gatewarden.kib")" -v d="$(cat "$work/keepassxc.kib")" \
    'BEGIN{printf "ratio       %.2f (budget 0.70)                    %.2f (budget 0.70)\n", a/b, c/d}'
