#!/usr/bin/env python3
"""Every line of checklist.json, what AWS's documentation says about evaluation, has a case in tests/data/policy or a test
elsewhere; and no case and no test that it names is missing.  checklist_test.py SOURCE_DIR"""

import json
import sys
from pathlib import Path


def main():
    root = Path(sys.argv[1])
    names = [json.loads(line)["name"] for file in sorted((root / "tests/data/policy").glob("*.jsonl"))
             for line in file.read_text(encoding="utf-8").splitlines()]
    wrong = [f"two cases are called {name}" for name in {name for name in names if names.count(name) > 1}]
    lines = json.loads((root / "tests/policy/checklist.json").read_text(encoding="utf-8"))
    for line in lines:
        cases, tests = line.get("cases", []), line.get("tests", [])
        if not cases and not tests:
            wrong.append(f"nothing tests: {line['says']}")
        wrong += [f"no case is called {name}, of: {line['says']}" for name in cases if name not in names]
        for test in tests:
            file, _, text = test.partition(": ")
            if not (root / file).is_file() or not text or text not in (root / file).read_text(encoding="utf-8"):
                wrong.append(f"{file} does not hold “{text}”, of: {line['says']}")
    said = [line["says"] for line in lines]
    wrong += [f"twice: {each}" for each in {each for each in said if said.count(each) > 1}]
    print("\n".join(wrong) if wrong else f"{len(lines)} lines, {len(names)} cases")
    return 1 if wrong or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
