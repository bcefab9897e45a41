#!/usr/bin/env python3
"""Asks the product and the naive model the same random cases, and shrinks the first that they answer differently.

    differential.py PROGRAM --seed 1 --cases 10000000        random cases of one seed
    differential.py PROGRAM --seconds 20                     as many as the time allows
    differential.py PROGRAM --file CASES.jsonl               given cases, one object a line
"""

import argparse
import copy
import json
import subprocess
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import generator  # noqa: E402
import model  # noqa: E402

DECISIONS = ("Allowed", "ImplicitlyDenied", "ExplicitlyDenied")


def written(value):
    return json.dumps(value, separators=(",", ":"))


def same(decided, answer):
    """Whether an answer line of the product says what the model decided."""
    decision, *layers = answer.split(" ")
    expected, blocked = decided
    return decision == expected and (decision != "ImplicitlyDenied" or frozenset(layers) == blocked) and (
        decision != "ExplicitlyDenied" or not blocked or frozenset(layers) == blocked)


class Program:
    """The product, one case at a time."""

    def __init__(self, path):
        self.process = subprocess.Popen([path, "--full"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answer(self, case):
        self.process.stdin.write(written({"id": "c", **case}) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip("\n")


def smaller(value):
    """Each value with one thing less, at any depth."""
    if isinstance(value, dict):
        for key in value:
            yield {k: v for k, v in value.items() if k != key}
        for key in value:
            for each in smaller(value[key]):
                yield {**value, key: each}
    elif isinstance(value, list):
        if len(value) == 1:
            yield value[0]
        for i in range(len(value)):
            if len(value) > 1:
                yield value[:i] + value[i + 1:]
        for i, item in enumerate(value):
            for each in smaller(item):
                yield value[:i] + [each] + value[i + 1:]


def differs(case, program):
    try:
        decided = model.decide(case)
    except (KeyError, TypeError, AttributeError, ValueError):
        return False
    answer = program.answer(case)
    return not answer.startswith("error") and not same(decided, answer)


def shrink(case, program):
    case = copy.deepcopy(case)
    while True:
        for candidate in smaller(case):
            if differs(candidate, program):
                case = candidate
                break
        else:
            return case


def tell(case, program):
    case = shrink(case, program)
    decision, blocked = model.decide(case)
    print("DIFFERENT", written(case))
    print("  model:  ", decision, *sorted(blocked))
    print("  product:", program.answer(case), flush=True)


def random_cases(arguments):
    """Batches of (cases, text)."""
    until = time.monotonic() + arguments.seconds if arguments.seconds else None
    made = generator.sets(arguments.seed, arguments.requests)
    left = arguments.cases
    while left > 0 and (until is None or time.monotonic() < until):
        cases, lines = [], []
        for policies, parts in islice(made, 200):
            tail = written(policies)[1:]
            for part in parts:
                cases.append({**policies, **part})
                if "facts" in part:
                    lines.append(written({"id": "c", **policies, **part}))
                else:
                    lines.append('{"id":"c",' + written(part)[1:-1] + "," + tail if tail != "}" else written({"id": "c", **part}))
        cases, lines = cases[:left], lines[:left]
        left -= len(cases)
        yield cases, lines


def given_cases(path):
    objects = [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
    cases = [o.get("case", o) for o in objects if o.get("world", "complete") == "complete"]
    for case in cases:
        case.pop("id", None)
    yield cases, [written({"id": "c", **case}) for case in cases]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=10**12)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--requests", type=int, default=24, help="of a set of policies")
    parser.add_argument("--file")
    parser.add_argument("--most", type=int, default=1, help="disagreements to tell before it stops")
    parser.add_argument("--progress", type=float, default=0, help="seconds between lines that tell how far it is")
    arguments = parser.parse_args()

    counts, wrong, errors, told = Counter(), 0, 0, time.monotonic()
    single = Program(arguments.program)
    with subprocess.Popen([arguments.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1 << 20) as process:
        for cases, lines in given_cases(arguments.file) if arguments.file else random_cases(arguments):
            # In pieces that fit into a pipe with their answers, so that neither side waits for the other.
            for at in range(0, len(cases), 400):
                piece = cases[at:at + 400]
                process.stdin.write("\n".join(lines[at:at + 400]) + "\n")
                process.stdin.flush()
                expected = [model.decide(case) for case in piece]
                answers = [process.stdout.readline().rstrip("\n") for _ in range(len(piece))]
                for case, answer, decided in zip(piece, answers, expected):
                    counts[decided[0]] += 1
                    if answer.startswith("error"):
                        errors += 1
                        print("REFUSED", answer, written(case), flush=True)
                    elif not same(decided, answer):
                        wrong += 1
                        tell(case, single)
                    if wrong + errors >= arguments.most:
                        break
                if wrong + errors >= arguments.most:
                    break
            if wrong + errors >= arguments.most:
                process.kill()
                break
            if arguments.progress and time.monotonic() - told > arguments.progress:
                told = time.monotonic()
                print(sum(counts.values()), "cases so far", flush=True)
        process.stdin.close()

    total = sum(counts.values())
    shares = ", ".join(f"{name} {100 * counts[name] / max(total, 1):.1f} %" for name in DECISIONS)
    print(f"seed {arguments.seed}: {total} cases, {wrong} disagreements, {errors} refused; {shares}")
    # A generator that hardly ever allows or denies proves little.
    lopsided = not arguments.file and total >= 10_000 and any(counts[name] < .15 * total for name in DECISIONS)
    if lopsided:
        print("one decision is too rare")
    return 1 if wrong or errors or lopsided or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
