#!/usr/bin/env python3
"""Asks a third evaluator the random cases, counts how often it agrees, and shows each way in which it does not.

    third_voter.py --package FOLDER-OF-NODE-MODULES --seed 1 --cases 200000 [--shrink 40]

It votes against the naive model, which the product agrees with (differential.py). Cases that it cannot be asked in one
piece are left out and counted: calls of several actions, session policies of different versions, and what it has no words for
(the policy of a service network, what a Lambda authorizer returned, the user behind a federated user's session).
"""

import argparse
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import differential  # noqa: E402
import generator  # noqa: E402
import matching  # noqa: E402
import model  # noqa: E402


def asked(case):
    """The case as the third voter takes it: with derived keys, and without the policies that its caller must leave out."""
    request = model.Request(case)
    if len(request.actions()) > 1:
        return None
    facts = case.get("facts", {})
    if "network" in case or "federated_by" in facts or ("lambda_authorizer" in facts and not request.caller.of_account):
        return None
    own = request.caller.of_account and request.caller.kind != "root"
    made = {key: case[key] for key in ("identity", "boundary") if key in case and own}
    made |= {key: case[key] for key in ("resource", "endpoint") if key in case}
    callers, owners = (case.get("accounts", {}).get(account, {}) for account in (request.caller.account, request.resource_account))
    exempt = facts.get("service_linked_role") or (request.caller.kind == "role" and ":role/aws-service-role/" in request.caller.text)
    manager = facts.get("management_account") or callers.get("management_account")
    scp, rcp = case.get("scp") or callers.get("scp"), case.get("rcp") or owners.get("rcp")
    if scp and request.caller.of_account and not exempt and not manager:
        made["scp"] = scp
    service = request.action.lower().partition(":")[0]
    if rcp and service in model.UNDER_RCP and not exempt and not (manager and request.same_account) and not owners.get("management_account"):
        made["rcp"] = rcp
    if case.get("session") and own:
        policies = [entry["policy"] for entry in case["session"]]
        if len({p.get("Version") for p in policies}) > 1:
            return None
        statements = [s for p in policies for s in model.listed(p["Statement"])]
        for statement in statements if len(policies) > 1 else []:
            statement.pop("Sid", None)
        made["session"] = [{"policy": {**policies[0], "Statement": statements}}]
    made["request"] = {"principal": request.caller.text, "action": request.action, "resource": request.resource,
                       "context": {k: list(v) if isinstance(v, tuple) else v for k, v in request.context.items()}}
    if request.caller.kind == "root":
        made["request"]["principal"] = request.caller.arn
    made["resource_account"] = request.resource_account
    made["wildcard_only"] = request.resource == "*"
    return made


class Voter:
    def __init__(self, package):
        script = str(Path(__file__).with_name("third_voter.mjs"))
        self.process = subprocess.Popen(["node", script, package], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1 << 20)

    def ask(self, cases):
        answers = []
        for at in range(0, len(cases), 200):
            piece = cases[at:at + 200]
            self.process.stdin.write("".join(differential.written(case) + "\n" for case in piece))
            self.process.stdin.flush()
            answers += [self.process.stdout.readline().rstrip("\n") for _ in piece]
        return answers


def organisation(case):
    """(layer, levels) of what is told by account."""
    return [(name, facts[name]) for facts in case.get("accounts", {}).values() for name in ("scp", "rcp") if name in facts]


def well_formed(case):
    """Whether every statement still has the elements that its kind of policy needs."""
    trust = "assumerole" in case["request"]["action"].lower()
    layers = [(name, case.get(name, [])) for name in ("identity", "session", "endpoint")]
    layers += [(name, entry) for name in ("scp", "rcp") for entry in case.get(name, [])]
    layers += [(name, entry) for name, levels in organisation(case) for entry in levels]
    layers += [(name, [case[name]]) for name in ("boundary", "resource") if name in case]
    for name, entries in layers:
        for entry in entries:
            for statement in model.listed(entry["policy"]["Statement"]):
                principals = name in ("resource", "endpoint", "rcp")
                if statement.get("Principal") == {} or statement.get("NotPrincipal") == {}:
                    return False
                if not ({"Effect"} <= statement.keys() and statement.keys() & {"Action", "NotAction"}
                        and bool(statement.keys() & {"Principal", "NotPrincipal"}) == principals
                        and bool(statement.keys() & {"Resource", "NotResource"}) != (trust and name == "resource")):
                    return False
    return True


def differs(case, voter, kind):
    """Whether both still decide as `kind` says."""
    try:
        if not well_formed(case):
            return False
        decided, question = model.decide(case)[0], asked(case)
    except (KeyError, TypeError, AttributeError, ValueError):
        return False
    return question is not None and decided == kind[0] and voter.ask([question])[0] == kind[1]


def shrink(case, voter, kind):
    while True:
        for candidate in differential.smaller(case):
            if differs(candidate, voter, kind):
                case = candidate
                break
        else:
            return case


def statements(case):
    layers = [case.get(name, []) for name in ("identity", "session", "endpoint")]
    layers += [level for name in ("scp", "rcp") for level in case.get(name, [])]
    layers += [level for _, levels in organisation(case) for level in levels]
    layers += [[case[name]] for name in ("boundary", "resource") if name in case]
    return [statement for entries in layers for entry in entries for statement in model.listed(entry["policy"]["Statement"])]


def resources(case):
    return [r for s in statements(case) for name in ("Resource", "NotResource") for r in model.listed(s.get(name, []))]


def conditions(case):
    """(operator, key, values) in lower case, values as they are."""
    return [(op.lower(), key.lower(), model.listed(values)) for s in statements(case)
            for op, keys in s.get("Condition", {}).items() for key, values in keys.items()]


def uses(case, *words):
    return any(word in op for op, _, _ in conditions(case) for word in words)


def wildcard_type(pattern):
    parts = pattern.split(":", 5)
    return len(parts) == 6 and parts[2] in matching.TYPED and parts[5] != "*" and any(c in re.split("[:/]", parts[5])[0] for c in "*?")


def old_variables(case):
    policies = []

    def collect(value):
        if isinstance(value, dict):
            if "Statement" in value:
                policies.append(value)
            for each in value.values():
                collect(each)
        elif isinstance(value, list):
            for each in value:
                collect(each)
    collect(case)
    return any(p.get("Version") != "2012-10-17" and "${" in differential.written(p) for p in policies)


# Why it decides otherwise, as far as it is known: names are those of ../disagreements.md. The first group is told by the
# request alone; the second by the shrunk case.
BY_REQUEST = [
    ("reserved", lambda case, r: model.reserved(r)),
    ("root", lambda case, r: r.caller.kind == "root"),
    ("get-caller-identity", lambda case, r: r.action.lower() == "sts:getcalleridentity"),
    ("lattice", lambda case, r: r.action.lower().startswith("vpc-lattice-svcs:")),
    ("federated-user", lambda case, r: r.caller.kind == "federated-user" and not case.get("session")),
    ("canonical-user", lambda case, r: r.caller.kind == "canonical"),
    ("oidc-caller", lambda case, r: r.caller.kind == "web"),
    ("call-of-others", lambda case, r: "assumerole" in r.action.lower() and r.action.lower().partition("assumerole")[2] != {
        "saml": "withsaml", "web": "withwebidentity"}.get(r.caller.kind, "")),
    ("other-provider", lambda case, r: r.caller.kind == "saml" and not r.same_account),
    ("no-trust-or-key-policy", lambda case, r: "resource" not in case and (
        "assumerole" in r.action.lower() or ":key/" in r.resource)),
    ("wildcard-resource", lambda case, r: "*" in r.resource[1:] or "?" in r.resource),
]
BY_CASE = [
    ("old-version", old_variables),
    ("saml-account", lambda case: ":saml-provider/" in case["request"]["principal"] and any(
        s["Effect"] == "Deny" and "AWS" in s.get("Principal", {}) for s in statements(case))),
    ("any-value-if-exists", lambda case: any(op.startswith("foranyvalue:") and op.endswith("ifexists") for op, _, _ in conditions(case))),
    ("wildcard-type", lambda case: any(wildcard_type(r) for r in resources(case))),
    ("endpoint-principal", lambda case: any(s.get("Principal") not in (None, "*") for e in case.get("endpoint", [])
                                            for s in model.listed(e["policy"]["Statement"]))),
    ("api-id", lambda case: any(r.startswith(("execute-api:/", "arn:aws:execute-api:")) for r in resources(case))),
    ("short-arn", lambda case: any(r.startswith("arn:") and r.count(":") < 5 for r in resources(case))),
    ("numbers", lambda case: uses(case, "numeric")),
    ("dates", lambda case: uses(case, "date")),
    ("bytes", lambda case: uses(case, "binary")),
    ("addresses", lambda case: uses(case, "ipaddress")),
    ("empty-list", lambda case: any(v == [] for v in case["request"].get("context", {}).values())),
    ("empty-string", lambda case: uses(case, "values:", "value:") and '""' in differential.written(case)),
    ("arn-values", lambda case: uses(case, "arn")),
    ("bool", lambda case: uses(case, "bool")),
    ("escapes", lambda case: any(e in differential.written(case) for e in ("${*}", "${?}", "${$}"))),
    ("variables", lambda case: "${" in differential.written(case)),
    ("list-without-quantifier", lambda case: any(isinstance(v, list) for v in case["request"].get("context", {}).values())),
    ("not-principal", lambda case: any("NotPrincipal" in s for s in statements(case))),
    ("direct-grant", lambda case: bool(case.get("session") or case.get("boundary")) and "resource" in case),
]


def class_of(case, voter, kind, may_shrink):
    """(name, the shrunk case where it took one)"""
    request = model.Request(case)
    for name, applies in BY_REQUEST:
        if applies(case, request):
            return name, None
    if not may_shrink:
        return "not looked at", None
    small = shrink(case, voter, kind)
    for name, applies in BY_CASE:
        if applies(small):
            return name, small
    return "other", small


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--shrink", type=int, default=0, help="disagreements to shrink, where the request alone does not tell why")
    parser.add_argument("--show", type=int, default=2, help="shrunk cases of each known class; others are all shown")
    arguments = parser.parse_args()
    voter, counts, total, left_out, shrunk, errors, classes = Voter(arguments.package), Counter(), 0, 0, 0, Counter(), Counter()
    for policies, parts in generator.sets(arguments.seed):
        if total >= arguments.cases:
            break
        cases, questions = [], []
        for part in parts:
            case = {**policies, **part}
            question = asked(case)
            if question is None:
                left_out += 1
            else:
                cases.append(case)
                questions.append(question)
        for case, answer in zip(cases, voter.ask(questions)):
            total += 1
            if answer.startswith("error"):
                errors[answer] += 1
                continue
            decided = model.decide(case)[0]
            counts[decided, answer] += 1
            if decided != answer:
                name, small = class_of(case, voter, (decided, answer), shrunk < arguments.shrink)
                shrunk += small is not None
                classes[name] += 1
                if small is not None and (name == "other" or classes[name] <= arguments.show):
                    print(f"{name}: {decided} / {answer}: {differential.written(small)}", flush=True)
    agreed = sum(n for (a, b), n in counts.items() if a == b)
    print(f"seed {arguments.seed}: {total} cases asked, {left_out} left out, {agreed} agreed ({100 * agreed / max(total, 1):.2f} %)")
    for (mine, theirs), n in counts.most_common():
        print(f"  {mine} / {theirs}: {n}")
    for name, n in classes.most_common():
        print(f"  because of {name}: {n}")
    for text, n in errors.most_common(20):
        print(f"  {text}: {n}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
