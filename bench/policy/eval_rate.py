"""Lines a second of processor time that `gatewardenctl iam eval` answers, start of the program included:
eval_rate.py GATEWARDENCTL LINES [REPETITIONS]"""
import os
import statistics
import subprocess
import sys

ctl, lines = sys.argv[1:3]
count = sum(1 for _ in open(lines, 'rb'))
rates = []
for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 3):
    before = os.times()
    done = subprocess.run([ctl, 'iam', 'eval', '--complete', lines], stdout=subprocess.PIPE, env={**os.environ, 'QT_QPA_PLATFORM': 'offscreen'})
    after = os.times()
    if done.returncode != 0 or done.stdout.count(b'"Allowed"') != count:
        sys.exit(f'exit {done.returncode}, {done.stdout[:200]!r}')
    rates.append(count / (after.children_user + after.children_system - before.children_user - before.children_system))
print(f'{statistics.median(rates):.0f}')
