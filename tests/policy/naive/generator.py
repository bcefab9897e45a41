"""Random cases over the whole grammar. Pools are small, so that patterns, keys and principals meet often.

A set is one choice of policies with many requests that they decide: `sets(seed)` yields (policies, [request parts]), where
`{**policies, **part}` is a case of `gatewardenctl iam eval` without its id.
"""

import random

A, B = "111122223333", "999988887777"

USERS = [f"arn:aws:iam::{A}:user/ops/bob", f"arn:aws:iam::{A}:user/Bob", f"arn:aws:iam::{B}:user/eve"]
ROLES = [f"arn:aws:iam::{A}:role/reader", f"arn:aws:iam::{A}:role/team/payments", f"arn:aws:iam::{B}:role/reader",
         f"arn:aws:iam::{A}:role/aws-service-role/ops.amazonaws.com/AWSServiceRoleForOps"]
SESSIONS = [f"arn:aws:sts::{A}:assumed-role/reader/lena", f"arn:aws:sts::{A}:assumed-role/payments/lena",
            f"arn:aws:sts::{A}:assumed-role/reader/max", f"arn:aws:sts::{B}:assumed-role/reader/lena"]
FEDERATED = [f"arn:aws:sts::{A}:federated-user/ann", f"arn:aws:sts::{B}:federated-user/ann"]
ROOTS = [f"arn:aws:iam::{A}:root", f"arn:aws:iam::{B}:root", A, B]
SERVICES = ["lambda.amazonaws.com", "apigateway.amazonaws.com"]
SAML = [f"arn:aws:iam::{A}:saml-provider/Northwind", f"arn:aws:iam::{B}:saml-provider/Northwind"]
OIDC = ["accounts.google.com", "token.example.com", f"arn:aws:iam::{A}:oidc-provider/token.example.com"]
CANONICAL = ["79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"]

# Actions, resources of requests, and patterns of resources beyond those that are made from the resources themselves.
FAMILIES = {
    "s3": (["s3:GetObject", "s3:PutObject", "s3:GetObjectTagging", "s3:ListBucket"],
           ["arn:aws:s3:::bucket/a", "arn:aws:s3:::bucket/b/c", "arn:aws:s3:::Bucket/a", "arn:aws:s3:::bucket",
            "arn:aws:s3:::bucket/bob/x", "arn:aws:s3:::bucket//x", "arn:aws:s3:::bucket/a*b", "arn:aws:s3:::bucket/pay/x:y"],
           ["arn:aws:s3:::bucket/*", "arn:aws:s3:::b*t/?", "arn:aws:s3:::*", "arn:*:s3:::bucket/*", "arn:aws:s3:::bucket/a${*}b",
            "arn:aws:s3:::bucket/${aws:username}/*", "arn:aws:s3:::bucket/${aws:PrincipalTag/team}/*",
            "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'pay'}/*", "arn:aws:s3:::bucket/${aws:TagKeys}/x",
            "arn:aws:s3:::${aws:x, 'bucket'}/a", "arn:aws:s3:*", "arn:aws:s3", "arn:aws:s3:::b${aws:username", "arn:aws:s3:::*/*c"]),
    "sqs": (["sqs:SendMessage", "sqs:ReceiveMessage"],
            [f"arn:aws:sqs:eu-west-1:{A}:q", f"arn:aws:sqs:us-east-1:{B}:q", f"arn:aws:sqs:eu-west-1:{A}:bob"],
            [f"arn:aws:sqs:*:{A}:*", f"arn:aws:sqs:*:q", f"arn:aws:sqs:eu-west-?:*:q", "arn:aws:sqs", f"arn:aws:sqs:eu-west-1:{A}:${{aws:username}}",
             "arn:aws:sqs:*:*:?", f"arn:aws:sqs:*:{B[:4]}*:q"]),
    "kms": (["kms:Decrypt", "kms:CreateAlias", "kms:ListKeys"],
            [f"arn:aws:kms:eu-west-1:{A}:key/1", f"arn:aws:kms:eu-west-1:{B}:key/1", f"arn:aws:kms:eu-west-1:{A}:alias/aws/s3",
             f"arn:aws:kms:eu-west-1:{A}:alias/mine"],
            [f"arn:aws:kms:*:{A}:key/*", f"arn:aws:kms:eu-west-1:{A}:*", f"arn:aws:kms:*:*:k*/1", "arn:aws:kms:*:*:alias/*"]),
    "lattice": (["vpc-lattice-svcs:Invoke"],
                [f"arn:aws:vpc-lattice:eu-west-1:{A}:service/svc-1/x", f"arn:aws:vpc-lattice:eu-west-1:{B}:service/svc-1/y/z"],
                ["arn:aws:vpc-lattice:*:*:service/svc-1/*", "arn:aws:vpc-lattice:*:*:service/*/x", "arn:aws:vpc-lattice:*:*:*/svc-1/x"]),
    "api": (["execute-api:Invoke", "execute-api:ManageConnections"],
            [f"arn:aws:execute-api:eu-west-1:{A}:abc123/prod/GET/pets", f"arn:aws:execute-api:eu-west-1:{A}:abc123/prod/POST/@connections/id",
             f"arn:aws:execute-api:eu-west-1:{B}:abc123/test/GET/"],
            [f"arn:aws:execute-api:*:{A}:*/*/GET/*", "arn:aws:execute-api:*:*:abc123/prod/*", "execute-api:/*", "execute-api:/prod/GET/*",
             "execute-api:/*/POST/@connections/*", "arn:aws:execute-api:eu-west-1:*:*/prod/*", "arn:aws:execute-api:*:*:*"]),
    "iam": (["iam:PassRole", "iam:GetUser", "iam:CreatePolicyVersion", "iam:DeleteRole", "iam:GetRole"],
            [f"arn:aws:iam::{A}:user/ops/bob", f"arn:aws:iam::{A}:role/team/payments", "arn:aws:iam::aws:policy/ReadOnlyAccess",
             f"arn:aws:iam::{A}:role/aws-reserved/sso/x", f"arn:aws:iam::{A}:user/Bob"],
            [f"arn:aws:iam::{A}:user/${{aws:username}}", f"arn:aws:iam::{A}:user/*/${{aws:username}}", f"arn:aws:iam::*:role/*", f"arn:aws:iam::{A}:u*",
             f"arn:aws:iam::{A}:u*/bob", f"arn:aws:iam::{A}:*", "arn:aws:iam", "arn:aws:iam::*:policy/*", f"arn:aws:iam::{A}:*/bob"]),
    "compute": (["lambda:InvokeFunction", "lambda:GetFunction", "dynamodb:Query"],
                [f"arn:aws:lambda:eu-west-1:{A}:function:f", f"arn:aws:lambda:eu-west-1:{A}:function:f:live",
                 f"arn:aws:dynamodb:eu-west-1:{A}:table/t", f"arn:aws:dynamodb:eu-west-1:{B}:table/t/index/i"],
                [f"arn:aws:lambda:*:*:function:f*", f"arn:aws:lambda:*:{A}:function:*:live", f"arn:aws:lambda:*:*:*:f", "arn:aws:dynamodb:*:*:table/*",
                 f"arn:aws:dynamodb:*:{B}:*", "arn:aws:dynamodb:*:*:t*"]),
    "none": (["ec2:DescribeInstances", "sts:GetCallerIdentity", "s3:ListAllMyBuckets"], ["*"], ["arn:aws:ec2:*:*:*"]),
}
TRUST_ACTIONS = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]
TRUST_ROLES = [f"arn:aws:iam::{A}:role/team/payments", f"arn:aws:iam::{A}:role/reader", f"arn:aws:iam::{B}:role/reader"]

STRINGS = ["a", "b", "A", "pay", "", "*", "a*b", "${*}", "pa?", "*a*", "bob", "${aws:username}", "${aws:PrincipalTag/team}",
           "${aws:PrincipalTag/team, 'pay'}", "${aws:x}", "${aws:TagKeys}", "x${$}y", "${aws:username", "${saml:sub, 'none'}", "é", "a${?}"]
ARNS = [f"arn:aws:iam::{A}:role/reader", f"arn:aws:iam::{A}:role/*", f"arn:aws:iam::*:role/team/payments", f"arn:*:iam::{A}:user/ops/bob",
        "arn:aws:s3:::bucket", "arn:aws:s3:::b*", "arn:*:bucket", "not-an-arn", f"arn:aws:iam::{A}:user/ops/${{aws:username}}", "arn:aws:iam::*",
        f"arn:aws:iam::${{aws:PrincipalAccount}}:role/?eader", "*", f"arn:aws:sts::{A}:federated-user/ann", f"arn:aws:iam::{A}:root"]
NUMBERS = ["10", "10.0", "10.5", "-3", "007", "12abc", "0", "1000000000000000000000", "1e3"]
DATES = ["2026-11-24T06:00:00Z", "2026-11-24", "2027-01-01T00:00:00Z", "1795500000", "1900000000", "2026-11-24T07:00:00+01:00", "soon",
         "2026", "2025-02-30", "2026-11-24T06:00:00.5Z"]
BOOLS = ["true", "false", "True", "yes"]
BYTES = ["QQ==", "QUI=", "QQ", "A*=="]
ADDRESSES = ["203.0.113.9", "203.0.113.0/24", "203.0.113.9/32", "2001:db8::1", "2001:0DB8:0:0:0:0:0:1", "2001:db8::/32", "0.0.0.0/0", "::/0",
             "198.51.100.7", "nowhere", "10.0.0.0/8", "::ffff:203.0.113.9"]
AUDIENCES = ["https://signin.aws.amazon.com/saml", "https://eu-west-1.signin.aws.amazon.com/saml", "https://*.signin.aws.amazon.com/saml*"]

# Key: (pool of values, operators that suit it, whether it is a list, how often a request has it)
KEYS = {
    "aws:x": (STRINGS, "string", False, .5),
    "aws:PrincipalTag/team": (STRINGS, "string", False, .5),
    "aws:ResourceTag/team": (STRINGS, "string", False, .3),
    "aws:TagKeys": (STRINGS, "string", True, .15),
    "saml:edupersonaffiliation": (STRINGS, "string", True, .3),
    "aws:SourceArn": (ARNS, "arn", False, .4),
    "aws:PrincipalArn": (ARNS, "arn", False, 0),
    "aws:PrincipalAccount": ([A, B, "1111*", "anonymous"], "string", False, 0),
    "aws:ResourceAccount": ([A, B], "string", False, 0),
    "aws:PrincipalType": (["User", "AssumedRole", "FederatedUser", "Account", "Anonymous", "user"], "string", False, 0),
    "aws:username": (["bob", "Bob", "eve", "b*"], "string", False, 0),
    "aws:userid": ([A, "anonymous", f"{A}:ann", "AROAX:lena", "*:ann"], "string", False, .05),
    "s3:max-keys": (NUMBERS, "numeric", False, .4),
    "aws:CurrentTime": (DATES, "date", False, .05),
    "aws:EpochTime": (DATES, "date", False, .02),
    "aws:TokenIssueTime": (DATES, "date", False, .4),
    "aws:MultiFactorAuthPresent": (BOOLS, "bool", False, .4),
    "aws:ViaAWSService": (BOOLS, "bool", False, .05),
    "aws:PrincipalIsAWSService": (BOOLS, "bool", False, .02),
    "app:key": (BYTES, "binary", False, .3),
    "aws:SourceIp": (ADDRESSES, "ip", False, .5),
    "aws:VpcSourceIp": (ADDRESSES, "ip", False, .1),
    "aws:SourceVpce": (["vpce-1", "vpce-2", "vpce-*"], "string", False, .3),
    "saml:aud": (AUDIENCES, "string", False, .3),
    "saml:sub": (STRINGS, "string", False, .2),
    "sts:RoleSessionName": (["lena", "bob", "${aws:username}", "l*"], "string", False, .2),
}
TRUST_KEYS = {
    "aws:RequestTag/team": (STRINGS, "string", False, .2),
    "sts:SourceIdentity": (["lena", "bob", "${aws:username}"], "string", False, .2),
    "sts:TransitiveTagKeys": (STRINGS, "string", True, .05),
    "saml:aud": (AUDIENCES, "string", False, .8),
}
OPERATORS = {
    "string": ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
               "StringLike", "StringEquals"],
    "arn": ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "StringLike"],
    "numeric": ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals"],
    "date": ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"],
    "bool": ["Bool"],
    "binary": ["BinaryEquals"],
    "ip": ["IpAddress", "NotIpAddress"],
}
EVERY_OPERATOR = sorted({op for ops in OPERATORS.values() for op in ops})
EVERY_VALUE = STRINGS + ARNS + NUMBERS + DATES + BOOLS + BYTES + ADDRESSES


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, p):
        return self.random.random() < p

    def pick(self, some):
        return some[int(self.random.random() * len(some))]

    def scalar_or_list(self, values):
        return values[0] if len(values) == 1 and self.chance(.6) else values

    def some(self, pool, most=3):
        n = 1
        while n < most and self.chance(.3):
            n += 1
        return [self.pick(pool) for _ in range(n)]

    def other_case(self, text):
        return text if self.chance(.8) else text.lower() if self.chance(.5) else text.upper()

    # -------------------------------------------------------------------------------------------- policies

    def conditions(self):
        block, seen = {}, set()
        keys = {**KEYS, **TRUST_KEYS} if self.trust else KEYS
        while True:
            key = self.pick(self.keys if self.chance(.7) else list(keys))
            pool, family, many, _ = keys[key]
            if self.chance(.1):
                name, values = "Null", [self.pick(["true", "false", "TRUE", True, False, "maybe"])]
            else:
                name = self.pick(OPERATORS[family] if self.chance(.94) else EVERY_OPERATOR)
                values = [v if self.chance(.97) else self.pick(EVERY_VALUE) for v in self.some(pool)]
                if self.chance(.02):  # more than are tried one by one
                    values += [self.pick(pool if self.chance(.9) else EVERY_VALUE) for _ in range(20)]
                if name == "Bool" and self.chance(.3):
                    values = [self.pick([True, False])]
                if name.startswith("Numeric") and self.chance(.2):
                    values.append(self.pick([10, 0, -3, 10.5]))
                if self.chance(.85 if many else .06):
                    name = self.pick(["ForAllValues:", "ForAnyValue:"]) + name
                if self.chance(.15):
                    name += "IfExists"
            name, key = self.other_case(name), self.other_case(key)
            if (name.lower(), key.lower()) not in seen and not any(n.lower() == name.lower() and n != name for n in block):
                seen.add((name.lower(), key.lower()))
                block.setdefault(name, {})[key] = self.scalar_or_list(values)
            if self.chance(.72):
                return block

    def action_patterns(self):
        def one():
            action = self.pick(self.actions)
            service, name = action.split(":")
            return self.pick([action, action, f"{service}:*", "*", f"{service}:{name[:3]}*", f"{service.upper()}:{name.lower()}",
                              f"{service}:?{name[1:]}", f"{service}:*{name[-4:]}", "ec2:Run*", "sts:TagSession", "sts:*"])
        return self.scalar_or_list([one() for _ in self.some([0])])

    def resource_patterns(self):
        def one():
            if self.chance(.35):
                return "*"
            if self.chance(.4):
                return self.pick(self.resources)
            pattern = self.pick(self.patterns)
            if pattern.startswith("execute-api:") and self.layer != "resource":
                return "*"
            # The organisation's policies refuse short ARNs.
            short = pattern.count(":") < 5
            return "*" if short and (self.layer == "rcp" or (self.layer == "scp" and pattern[-1] != "*")) else pattern
        return self.scalar_or_list([one() for _ in self.some([0])])

    def principal_entries(self, n=3):
        """Mostly names of the callers of this set, from the account down to the session."""
        def one():
            caller = self.pick(self.callers)
            if self.chance(.12):
                return ("AWS", "*")
            if self.chance(.1):
                caller = self.pick(USERS + ROLES + SESSIONS + FEDERATED + ROOTS + SERVICES + SAML + OIDC[:1])
            if caller == "*":
                return ("AWS", "*")
            if caller in SERVICES:
                return ("Service", caller)
            if caller in SAML or caller in OIDC:
                return ("Federated", caller)
            if caller in CANONICAL:
                return ("CanonicalUser", caller)
            account = caller if caller.isdigit() else caller.split(":")[4]
            names = [caller, caller, account, f"arn:aws:iam::{account}:root"]
            if ":federated-user/" in caller:
                names += [user for user in USERS if f"::{account}:" in user]
            if ":assumed-role/" in caller:
                name = caller.split("/")[1]
                names += [f"arn:aws:iam::{account}:role/{name}", f"arn:aws:iam::{account}:role/{name}",
                          f"arn:aws:iam::{account}:role/{'team/' if name == 'payments' else ''}{name}"]
            return ("AWS", self.pick(names))
        if self.chance(.12):
            return "*"
        element = {}
        for kind, name in [one() for _ in self.some([0], n)]:
            element.setdefault(kind, [])
            if name not in element[kind]:
                element[kind].append(name)
        return {kind: self.scalar_or_list(names) for kind, names in element.items()}

    def not_principal(self):
        caller = self.pick(self.callers)
        if self.chance(.5) and caller.startswith("arn:") and caller not in SAML and caller not in OIDC:
            account = caller.split(":")[4]
            names = [caller, account if self.chance(.5) else f"arn:aws:iam::{account}:root"]
            if ":assumed-role/" in caller:
                names.append(f"arn:aws:iam::{account}:role/{caller.split('/')[1]}")
            if self.chance(.3):
                names.pop(int(self.random.random() * len(names)))
            return {"AWS": names}
        return self.principal_entries(5)

    def statement(self, deny):
        made = {"Effect": "Deny" if self.chance(deny) else "Allow"}
        if self.layer in ("resource", "trust", "endpoint"):
            if self.layer == "resource" and self.chance(.12 if made["Effect"] == "Deny" else .02):
                made["NotPrincipal"] = self.not_principal()
            else:
                made["Principal"] = "*" if self.layer == "endpoint" and self.chance(.7) else self.principal_entries()
        if self.layer == "rcp":
            made["Principal"] = "*"
        if self.layer != "rcp" and self.chance(.1):
            made["NotAction"] = self.action_patterns()
        else:
            made["Action"] = self.action_patterns()
        if self.layer != "trust":
            made["NotResource" if self.chance(.1) else "Resource"] = self.resource_patterns()
        if self.chance(.3 if made["Effect"] == "Allow" else .6):
            made["Condition"] = self.conditions()
        return made

    def policy(self, layer, deny=.15):
        self.layer = layer
        statements = [self.statement(deny) for _ in self.some([0], 4)]
        if self.chance(.3):
            for i, statement in enumerate(statements):
                statement["Sid"] = f"s{i}"
        made = {"Version": "2012-10-17"}
        if self.chance(.15):
            made = {"Version": "2008-10-17"} if self.chance(.5) else {}
        made["Statement"] = statements[0] if len(statements) == 1 and self.chance(.3) else statements
        return {"policy": made}

    def full_access(self, layer):
        made = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        if layer in ("rcp", "endpoint"):
            made["Principal"] = "*"
        return {"policy": {"Version": "2012-10-17", "Statement": [made]}}

    def levels(self, layer):
        made = []
        for _ in self.some([0], 3):
            level = [self.full_access(layer)] if layer == "rcp" or self.chance(.85) else []
            if self.chance(.5) or not level:
                level.append(self.policy(layer, 1.0 if layer == "rcp" else .5 if level else .1))
            made.append(level)
        return made if not self.chance(.01) else made + [[]]

    def policies(self):
        made = {"identity": [self.policy("identity", .22) for _ in self.some([0], 3)]}
        if self.chance(.25):
            made["identity"].append(self.full_access("identity"))
        if self.chance(.12):
            del made["identity"]
        if self.chance(.75):
            made["resource"] = self.policy("trust" if self.trust else "resource", .23)
        if self.chance(.2):
            made["boundary"] = self.policy("boundary", .15) if self.chance(.6) else self.full_access("boundary")
        if self.chance(.3):
            made["session"] = [self.policy("session", .15) if self.chance(.6) else self.full_access("session") for _ in self.some([0], 3)]
        if self.chance(.3):
            made["scp"] = self.levels("scp")
        if self.chance(.2):
            made["rcp"] = self.levels("rcp")
        if self.chance(.12) and not self.trust:
            made["endpoint"] = [self.policy("endpoint", .15) if self.chance(.6) else self.full_access("endpoint")]
        if self.lattice and self.chance(.5):
            made["network"] = self.policy("resource", .15) if self.chance(.7) else self.full_access("endpoint")
        if self.chance(.1):
            self.by_account(made)
        facts = {}
        if self.api and self.chance(.5):
            facts["lambda_authorizer"] = self.pick([A, B])
        if self.chance(.04):
            facts["service_linked_role"] = True
        if self.chance(.06):
            facts["management_account"] = True
        if facts:
            made["facts"] = facts
        return made

    def by_account(self, made):
        """What the organisation attaches, told of both accounts instead of those that bind."""
        made.pop("scp", None)
        made.pop("rcp", None)
        accounts = {}
        for account in (A, B):
            facts = {layer: self.levels(layer) for layer in ("scp", "rcp") if self.chance(.6)}
            if self.chance(.15):
                facts["management_account"] = True
            if facts:
                accounts[account] = facts
        if accounts:
            made["accounts"] = accounts

    # -------------------------------------------------------------------------------------------- requests

    def context(self):
        made = {}
        keys = {**KEYS, **TRUST_KEYS} if self.trust else KEYS
        for key in dict.fromkeys(self.keys):  # twice, in whatever case, is refused
            pool, _, many, often = keys[key]
            if not self.chance(often * 1.5):
                continue
            if many or self.chance(.02):
                n = int(self.random.random() * 4)
                made[self.other_case(key)] = [self.pick(pool) for _ in range(n)]
            else:
                made[self.other_case(key)] = self.pick(pool) if self.chance(.97) else self.pick(EVERY_VALUE)
        return made

    def begin_set(self):
        self.trust = self.chance(.2)
        self.lattice = self.api = False
        everyone = {"session": SESSIONS, "user": USERS, "role": ROLES, "federated": FEDERATED, "root": ROOTS, "service": SERVICES,
                    "anonymous": ["*"], "canonical": CANONICAL}
        kinds = ["session"] * 6 + ["user"] * 4 + ["role"] * 2 + ["federated", "root", "service", "anonymous"]
        if self.trust:
            self.actions = [self.pick(TRUST_ACTIONS), self.pick(TRUST_ACTIONS)]
            self.resources, self.patterns = TRUST_ROLES, [f"arn:aws:iam::{A}:role/*", f"arn:aws:iam::*:role/reader", "arn:aws:iam::*:*"]
            pools = {"sts:AssumeRole": [*SESSIONS, *USERS, *ROLES, *FEDERATED, *SERVICES], "sts:AssumeRoleWithSAML": SAML,
                     "sts:AssumeRoleWithWebIdentity": OIDC}
            anyone = [caller for pool in pools.values() for caller in pool]
            self.pairs = [(action, self.pick(pools[action] if self.chance(.95) else anyone)) for action in self.actions
                          for _ in range(3)]
            self.callers = [caller for _, caller in self.pairs]
        else:
            family = self.pick(list(FAMILIES))
            self.lattice, self.api = family == "lattice", family == "api"
            self.actions, self.resources, self.patterns = FAMILIES[family]
            self.callers = [self.pick(everyone[self.pick(kinds + (["canonical"] if family == "s3" else []))]) for _ in range(3)]
            self.pairs = [(action, caller) for action in self.actions for caller in self.callers]
        self.keys = [self.pick(list({**KEYS, **TRUST_KEYS} if self.trust else KEYS)) for _ in range(5)]

    def request(self):
        action, caller = self.pick(self.pairs)
        resource = self.pick(self.resources)
        made = {"principal": caller, "action": self.other_case(action), "resource": resource}
        if resource.startswith("arn:aws:s3:") and self.chance(.5):
            made["resource_account"] = self.pick([A, B])
        if self.chance(.95):
            made["context"] = self.context()
        return made

    def next_set(self, requests):
        self.begin_set()
        policies = self.policies()
        parts = []
        for _ in range(requests):
            part = {"request": self.request()}
            caller = part["request"]["principal"]
            if caller == "*":
                part["facts"] = {**policies.get("facts", {}), "anonymous": True}
            if ":federated-user/" in caller and self.chance(.6):
                maker = self.pick([user for user in USERS if user.split(":")[4] == caller.split(":")[4]])
                part["facts"] = {**policies.get("facts", {}), "federated_by": maker}
            parts.append(part)
        return policies, parts


def sets(seed, requests=24):
    generator = Generator(seed)
    while True:
        yield generator.next_set(requests)
