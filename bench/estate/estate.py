#!/usr/bin/env python3
"""Importing a large organization, beside Python's json and jq in the same run: estate.py [BUILD [ACCOUNTS [REPEATS]]]

Prints a table. Every program reads the same folder of dumps and makes a table of roles by ARN of it; gatewardenctl also keeps every
document with its place and writes the saved estate. The files are in memory already."""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = sys.argv[1] if len(sys.argv) > 1 else 'build/bench'
ACCOUNTS = sys.argv[2] if len(sys.argv) > 2 else '500'
REPEATS = int(sys.argv[3]) if len(sys.argv) > 3 else 3
CTL = os.path.join(BUILD, 'bin/gatewardenctl')

PYTHON = '''
import json, os, sys
roles = {}
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name)) as file:
            roles.update((each["Arn"], each) for each in json.load(file)["RoleDetailList"])
print(len(roles))
'''


def measured(words, output=subprocess.DEVNULL):
    """Median seconds and largest resident size in MiB."""
    times, size = [], 0
    for _ in range(REPEATS):
        start = time.monotonic()
        process = subprocess.Popen(words, stdout=output, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        times.append(time.monotonic() - start)
        size = max(size, used.ru_maxrss / 1024)
        if process.returncode != 0:
            sys.exit(f'{words[0]} ended with {process.returncode}')
    return statistics.median(times), size


def main():
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for form, more in (('a file an account', []), ('one answer', ['--one'])):
            dumps, saved = os.path.join(folder, form.replace(' ', '-')), os.path.join(folder, 'saved')
            octets = int(subprocess.run([sys.executable, os.path.join(HERE, 'generate.py'), dumps, ACCOUNTS, *more], capture_output=True, check=True).stdout)

            def row(what, figures, over=octets):
                rows.append((what, over / 1e6, *figures))

            row(f'import, {form}', measured([CTL, 'estate', 'import', dumps, '-o', saved]))
            if not more:
                row('open what was saved', measured([CTL, 'estate', 'show', saved, '--kind', 'provider']), os.path.getsize(saved))
            row(f'Python json, {form}', measured([sys.executable, '-c', PYTHON, dumps]))
            if not more and shutil.which('jq'):
                row('jq', measured(['sh', '-c', f'find {dumps} -name "*.json" -exec jq -c ".RoleDetailList[].Arn" {{}} +']))
            shutil.rmtree(dumps)
        print('| what | MB | seconds | MB/s | peak MiB |\n|---|---|---|---|---|')
        for what, megabytes, seconds, size in rows:
            print(f'| {what} | {megabytes:.0f} | {seconds:.2f} | {megabytes / seconds:.0f} | {size:.0f} |')


if __name__ == '__main__':
    main()
