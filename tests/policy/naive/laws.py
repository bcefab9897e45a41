#!/usr/bin/env python3
"""Laws that hold for every case, whatever AWS answers: they need no second opinion.

    laws.py PROGRAM [--seed 1] [--seconds 10 | --sets N]

- A Deny more never allows. An SCP, RCP, boundary, session, endpoint or service network's policy more never
  adds access.
- Order, duplicates and splitting of statements, and lists of one, never change the answer.
- In an open world, an answer other than Depends holds for whatever the keys may be that were not told, as long as their
  values are of the type that the operators read. Of Depends both witnesses do in a closed world what they say, and where
  its keys are told it is one of the two.
"""

import argparse
import copy
import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import generator  # noqa: E402
import matching  # noqa: E402


def written(value):
    return json.dumps(value, separators=(",", ":"))


class Program:
    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1 << 20)

    def ask(self, cases):
        answers = []
        for at in range(0, len(cases), 100):
            piece = cases[at:at + 100]
            self.process.stdin.write("".join(written({"id": "c", **case}) + "\n" for case in piece))
            self.process.stdin.flush()
            answers += [self.process.stdout.readline().rstrip("\n") for _ in piece]
        return answers


def listed(value):
    return value if isinstance(value, list) else [value]


def holders(policies):
    """(layer, policy) of every policy; the objects themselves."""
    for layer in ("identity", "session", "endpoint"):
        for entry in policies.get(layer, []):
            yield layer, entry["policy"]
    for layer in ("scp", "rcp"):
        for level in policies.get(layer, []):
            for entry in level:
                yield layer, entry["policy"]
    for name, layer in (("boundary", "boundary"), ("resource", "resource"), ("network", "resource")):
        if name in policies:
            yield layer, policies[name]["policy"]
    for facts in policies.get("accounts", {}).values():
        for layer in ("scp", "rcp"):
            for level in facts.get(layer, []):
                for entry in level:
                    yield layer, entry["policy"]


DERIVED = {"aws:CurrentTime", "aws:EpochTime", "aws:ViaAWSService", "aws:PrincipalIsAWSService"}


READERS = {"arn": matching.components, "numeric": matching.number, "date": matching.date, "bool": matching.boolean, "binary": matching.octets,
           "ip": matching.network}


def types_of(case):
    """What reads the values of each key: AWS gives a key values of its type only."""
    types = {}
    for _, policy in holders(case):
        for statement in listed(policy["Statement"]):
            for operator, keys in statement.get("Condition", {}).items():
                family = matching.operator(operator)[1]
                for key in keys:
                    if family in READERS:
                        types.setdefault(key.lower(), set()).add(READERS[family])
    return types


class Laws:
    def __init__(self, seed):
        self.make = generator.Generator(seed)
        self.random = self.make.random

    # Each takes the policies of a set and gives a variant, or None where it says nothing.

    def more_deny(self, policies):
        changed = copy.deepcopy(policies)
        places = list(holders(changed))
        if not places:
            return None
        layer, policy = self.make.pick(places)
        self.make.layer = "trust" if layer == "resource" and self.make.trust else layer
        statement = self.make.statement(1.0)
        policy["Statement"] = listed(policy["Statement"])
        policy["Statement"].insert(self.random.randrange(len(policy["Statement"]) + 1), statement)
        return changed

    def more_limits(self, policies):
        changed = copy.deepcopy(policies)
        layer = self.make.pick(["scp", "rcp", "boundary", "session", "endpoint", "network"])
        if layer in ("scp", "rcp") and "accounts" in changed:
            level = self.make.levels(layer)[:1]
            for facts in changed["accounts"].values():
                facts[layer] = facts.get(layer, []) + level
        elif layer in ("scp", "rcp"):
            changed[layer] = changed.get(layer, []) + self.make.levels(layer)[:1]
        elif layer == "boundary":
            if "boundary" in changed:
                return None
            changed["boundary"] = self.make.policy("boundary")
        elif layer == "network":
            if "network" in changed or not self.make.lattice:
                return None
            changed["network"] = self.make.policy("resource")
        elif layer in changed or (layer == "endpoint" and self.make.trust):
            return None  # one more of those widens what they allow together
        else:
            changed[layer] = [self.make.policy(layer)]
        return changed

    def reordered(self, policies):
        changed = copy.deepcopy(policies)
        for _, policy in holders(changed):
            statements = listed(policy["Statement"])
            for statement in statements:
                statement.pop("Sid", None)
                for element in ("Action", "NotAction", "Resource", "NotResource"):
                    if element in statement:
                        statement[element] = listed(statement[element]) * self.make.pick([1, 1, 2])
                        self.random.shuffle(statement[element])
                for keys in statement.get("Condition", {}).values():
                    for key in keys:
                        keys[key] = listed(keys[key])[::-1]
            statements = statements + [copy.deepcopy(self.make.pick(statements))]
            self.random.shuffle(statements)
            policy["Statement"] = statements
        return changed

    def split(self, policies):
        changed = copy.deepcopy(policies)

        def apart(entries):
            return [{"policy": {**entry["policy"], "Statement": one}} for entry in entries for one in listed(entry["policy"]["Statement"])]
        for layer in ("identity", "session", "endpoint"):
            if layer in changed:
                changed[layer] = apart(changed[layer])[::-1]
        for layer in ("scp", "rcp"):
            if layer in changed:
                changed[layer] = [apart(level) for level in changed[layer]][::-1]
        return changed

    def completed(self, case):
        """The case with values for keys that it does not tell."""
        changed = copy.deepcopy(case)
        context = changed["request"].setdefault("context", {})
        told = {key.lower() for key in context}
        types = types_of(case)
        for key, (pool, _, many, often) in generator.KEYS.items():
            # Keys that follow from the request are told, and those of a call with tags are another call.
            if often == 0 or key in DERIVED or (self.make.trust and key == "aws:TagKeys"):
                continue
            if key.lower() in told or self.make.chance(.4):
                continue
            pool = pool if self.make.chance(.9) else generator.EVERY_VALUE
            pool = [value for value in pool if all(read(value) is not None for read in types.get(key.lower(), ()))]
            if not pool:
                continue
            context[key] = [self.make.pick(pool) for _ in range(1 + int(self.random.random() * 2))] if many else self.make.pick(pool)
        return changed


def told(case, additions):
    changed = copy.deepcopy(case)
    context = changed["request"].setdefault("context", {})
    for key, value in additions.items():
        if value is not None:
            context[key] = value
    return changed


class Failures:
    def __init__(self):
        self.count = 0

    def __call__(self, law, case, changed, first, second):
        self.count += 1
        if self.count > 5:
            return
        print(f"BROKEN {law}\n  {written(case)}\n  {first}\n  {written(changed)}\n  {second}", flush=True)


def monotone(laws, policies, parts, closed, broken):
    cases = [{**policies, **part} for part in parts]
    before = closed.ask(cases)
    asked = 0
    for name in ("more_deny", "more_limits", "reordered", "split"):
        changed = getattr(laws, name)(policies)
        if changed is None:
            continue
        variants = [{**changed, **part} for part in parts]
        for case, variant, old, new in zip(cases, variants, before, closed.ask(variants)):
            asked += 1
            if name in ("reordered", "split"):
                holds = old == new
            else:
                # A session policy is what gives a federated user's session any permissions at all.
                gives = ":federated-user/" in case["request"]["principal"] and "session" not in policies and "session" in changed
                holds = gives or not new.startswith("Allowed") or old.startswith("Allowed")
            if not holds or new.startswith("error"):
                broken(name, case, variant, old, new)
    return asked


def open_world(laws, policies, parts, opened, closed, broken):
    cases = [{**policies, **part} for part in copy.deepcopy(parts)]
    for case in cases:
        if laws.make.chance(.6):  # fewer keys told, more that depends on them
            context = case["request"].get("context", {})
            for key in [key for key in context if laws.make.chance(.7)]:
                del context[key]
    asked = depends = 0
    checks = []  # (law, case, its answer, the case to ask, whether it must be allowed)
    narrowed = []
    for case, answer in zip(cases, opened.ask(cases)):
        decision, _, more = answer.partition("\t")
        allowed = decision.startswith("Allowed")
        if not decision.startswith("Depends"):
            checks += [("sure", case, answer, laws.completed(case), allowed) for _ in range(2)]
            checks.append(("sure", case, answer, case, allowed))
            continue
        depends += 1
        more = json.loads(more)
        if "allowed" in more:
            checks.append(("witness that is allowed", case, answer, told(case, more["allowed"]), True))
            checks.append(("witness that is not", case, answer, told(case, more["denied"]), False))
            if more["exhaustive"]:
                for which in ("allowed", "denied"):
                    additions = {k: v for k, v in more[which].items()}
                    # A key that must be absent cannot be told here.
                    if None not in additions.values() and {k.lower() for k in more["keys"]} <= {k.lower() for k in additions}:
                        narrowed.append((case, answer, told(case, additions), which == "allowed"))
        elif more["exhaustive"]:
            broken("Depends without a witness", case, case, answer, "")
    for (law, case, answer, asked_case, allowed), new in zip(checks, closed.ask([check[3] for check in checks])):
        asked += 1
        if new.startswith("error") or new.startswith("Allowed") != allowed:
            broken(law, case, asked_case, answer, new)
    for (case, answer, asked_case, allowed), new in zip(narrowed, opened.ask([each[2] for each in narrowed])):
        asked += 1
        if new.startswith(("error", "Depends")) or new.startswith("Allowed") != allowed:
            broken("Depends narrows", case, asked_case, answer, new)
    return asked, depends


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--sets", type=int, default=10**9)
    arguments = parser.parse_args()
    until = time.monotonic() + arguments.seconds if arguments.seconds else None
    laws, broken = Laws(arguments.seed), Failures()
    closed, opened = Program(arguments.program), Program(arguments.program, "--open")
    sets = asked = depends = 0
    while sets < arguments.sets and (until is None or time.monotonic() < until) and broken.count == 0:
        policies, parts = laws.make.next_set(12)
        sets += 1
        asked += monotone(laws, policies, parts, closed, broken)
        some, many = open_world(laws, policies, parts[:4], opened, closed, broken)
        asked += some
        depends += many
    print(f"seed {arguments.seed}: {asked} laws over {sets} sets of policies, {depends} answers depend, {broken.count} broken")
    return 1 if broken.count or asked == 0 or depends == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
