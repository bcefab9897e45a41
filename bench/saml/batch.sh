#!/bin/sh
# How many responses a second `gatewardenctl saml verify-batch` answers on one core, and whether its memory grows with the
# number of lines: batch.sh GATEWARDENCTL BATCH_LINES [COUNT]
set -eu
ctl=$1 lines=$2 count=${3:-5000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for roles in 3 24; do
    "$lines" "$count" "$roles" > "$folder/full"
    head -n $((count / 10)) "$folder/full" > "$folder/tenth"
    for part in tenth full; do
        python3 - "$ctl" "$folder/$part" "$roles" <<'PYTHON'
import os, resource, subprocess, sys, time
ctl, file, roles = sys.argv[1:4]
number = sum(1 for _ in open(file))
octets = os.path.getsize(file)
start = time.monotonic()
done = subprocess.run(['taskset', '-c', '0', ctl, 'saml', 'verify-batch', file], stdout=subprocess.PIPE)
wall = time.monotonic() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
accepted = done.stdout.count(b'"verdict":"accepted"')
cpu = usage.ru_utime + usage.ru_stime
print(f'{roles} roles, {octets // number} octets a line, {number} lines: {number / cpu:.0f} a second of processor time '
      f'({number / wall:.0f} by the clock), {usage.ru_maxrss // 1024} MiB, {accepted} accepted, exit {done.returncode}')
PYTHON
    done
done
