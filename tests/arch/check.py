#!/usr/bin/env python3
"""Holds the order of the source tree. Exit 0: in order; 1: findings, one a line; 2: could not look.

check.py ROOT [--targets FILE]

FILE is what targets.cmake writes when the build is configured: one target a line, NAME|FOLDER|LINKED;LINKED…
"""
import argparse
import os
import re
import sys

import layers
import rules
import sources


def read_targets(path, root):
    targets = {}
    with open(path, encoding='utf-8') as stream:
        for line in stream:
            name, folder, links = line.rstrip('\n').split('|', 2)
            folder = os.path.relpath(folder, root).replace(os.sep, '/')
            # CMake wraps what a static library links privately, and marks the folder a late link came from.
            linked = {re.sub(r'\$<LINK_ONLY:([^>]+)>', r'\1', item) for item in links.split(';')
                      if item and not item.startswith('::@')}
            targets[name] = ('' if folder == '.' else folder, sorted(linked))
    return targets


def check(root, targets_file=None):
    files = sources.read_tree(root)
    findings = [finding for rule in rules.SOURCE_RULES for finding in rule(files)]
    findings += rules.machine_paths(files, root)
    if targets_file:
        targets = read_targets(targets_file, root)
        findings += [finding for rule in rules.TARGET_RULES for finding in rule(targets)]
    return files, findings


def main():
    parser = argparse.ArgumentParser(description='Holds the order of the source tree.')
    parser.add_argument('root')
    parser.add_argument('--targets')
    options = parser.parse_args()
    files, findings = check(options.root, options.targets)
    if not any(file.layer in layers.LAYERS for file in files):
        print(f'check.py: no source tree at {options.root}', file=sys.stderr)
        return 2
    for finding in sorted(findings, key=lambda f: (not f.warning, f.where)):
        print(finding)
    wrong = sum(not finding.warning for finding in findings)
    print(f'{len(files)} files, {wrong} findings, {len(findings) - wrong} warnings')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
