#!/usr/bin/env python3
"""Adds up what gcov saw in saml/. coverage.py ROOT BUILD LEAST"""
import collections
import json
import pathlib
import subprocess
import sys


def main():
    root, build, least = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), float(sys.argv[3])
    # A header's line counts once, whichever object ran it.
    counts = collections.defaultdict(lambda: collections.defaultdict(int))
    data = sorted((build / 'saml').rglob('*.gcda')) + sorted((build / 'tests').rglob('*.gcda'))
    for file in data:
        output = subprocess.run(['gcov', '--json-format', '--stdout', file], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
        for line in output.splitlines():
            for one in json.loads(line)['files']:
                path = (build / one['file']).resolve()
                if (root / 'saml') in path.parents:
                    for entry in one['lines']:
                        counts[str(path.relative_to(root))][entry['line_number']] += entry['count']
    rows = []
    for path, lines in counts.items():
        run = sum(1 for count in lines.values() if count)
        rows.append((run / len(lines), path, run, len(lines), [number for number, count in sorted(lines.items()) if not count]))
    for share, path, run, every, missing in sorted(rows):
        if missing:
            print(f'{share:6.1%} {run:5}/{every:<5} {path}: {" ".join(map(str, missing[:30]))}')
    run, every = sum(row[2] for row in rows), sum(row[3] for row in rows)
    print(f'{run / every:.2%} of {every} lines in saml/ ({len(rows)} files)')
    return 0 if every and run / every * 100 >= least else 1


if __name__ == '__main__':
    sys.exit(main())
