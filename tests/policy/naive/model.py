"""What AWS would answer in a closed world, transcribed from its documentation, and nothing clever.

`decide(case)` takes a case of `gatewardenctl iam eval` as an object and returns the decision and the layers that block.
README.md names the page behind every rule; the letter in brackets beside a rule here is its row there. Functions of
strings alone are remembered, which is the only thing done for speed.
"""

import re
from datetime import datetime, timezone

from matching import components, condition_holds, expand, glob_matches, remember, resource_matches, wild

NOW = 1_795_500_000
NOW_WRITTEN = datetime.fromtimestamp(NOW, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
ALLOW, DENY = "Allow", "Deny"


# ------------------------------------------------------------------------------------------------ principals [P]

class Principal:
    def __init__(self, text):
        self.text, self.kind, self.account, self.name, self.session, self.arn = text, None, None, None, None, None
        found = re.fullmatch(r"arn:([^:]+):(iam|sts)::(\d{12}):(root|[a-z-]+/.+)", text)
        if text == "*":
            self.kind = "anonymous"
        elif re.fullmatch(r"\d{12}", text):
            self.kind, self.account, self.arn = "root", text, f"arn:aws:iam::{text}:root"
        elif found:
            self.account, self.arn, rest = found.group(3), text, found.group(4)
            what, _, name = rest.partition("/")
            self.name = name.rsplit("/", 1)[-1]
            self.kind = {"root": "root", "user": "user", "role": "role", "federated-user": "federated-user",
                         "saml-provider": "saml", "oidc-provider": "web", "assumed-role": "session"}[what]
            if self.kind == "session":
                self.name, self.session = name.split("/")
                self.arn = f"arn:{found.group(1)}:iam::{self.account}:role/{self.name}"
            if self.kind in ("saml", "web"):
                self.arn = None
        elif text.endswith(".amazonaws.com"):
            self.kind = "service"
        elif re.fullmatch(r"[0-9a-f]{64}", text):
            self.kind = "canonical"
        else:
            self.kind = "web"
        # Credentials of an account, which its identity policies and its organisation bind.
        self.of_account = self.kind in ("root", "user", "role", "session", "federated-user")


principal_of = remember(Principal)


@remember
def naming(kind, entry, caller_text, maker=None):
    """How an entry of a Principal element names the caller: None, "account", "entity", "self", or "all"; `maker` is the user who
    asked for a federated user's session. [P]"""
    caller = principal_of(caller_text)
    if entry == "*" and kind in ("*", "AWS"):
        return "all"
    if kind == "Service":
        return "self" if caller.kind == "service" and entry == caller.text else None
    if kind == "Federated":
        if caller.kind == "web" and "oidc-provider/" in entry + caller.text:  # known by its host and by its ARN
            hosts = [text.partition("oidc-provider/")[2] or text for text in (entry, caller.text)]
            return "self" if entry == caller.text or (hosts[0] == hosts[1] and hosts[0] in (entry, caller.text)) else None
        return "self" if caller.kind in ("saml", "web") and entry == caller.text else None
    if kind == "CanonicalUser":
        return "self" if caller.kind == "canonical" and entry == caller.text else None
    if kind != "AWS" or not caller.of_account:
        return None
    if not (re.fullmatch(r"\d{12}", entry) or entry.startswith("arn:")):
        return None  # the id of somebody who is no more
    named = principal_of(entry)
    if named.account != caller.account:
        return None
    if named.kind == "root":
        return "self" if caller.kind == "root" else "account"
    if named.kind == "role":
        if caller.kind == "role":
            return "entity" if entry == caller.text else None
        return "entity" if caller.kind == "session" and named.name == caller.name else None  # its path is not known
    if named.kind == "user" and caller.kind == "federated-user":
        return "entity" if entry == maker else None
    if named.kind == "user":
        return "self" if caller.kind == "user" and entry == caller.text else None
    if named.kind == caller.kind and named.kind in ("session", "federated-user"):
        return "self" if entry == caller.text else None
    return None


STRENGTH = {None: 0, "account": 1, "entity": 2, "all": 3, "self": 4}


def listed(value):
    return value if isinstance(value, list) else [value]


def entries(element):
    """(kind, entry) of a Principal or NotPrincipal element."""
    if element == "*":
        return [("*", "*")]
    return [(kind, entry) for kind, some in element.items() for entry in listed(some)]


def strongest(element, caller, maker):
    return max((naming(kind, entry, caller.text, maker) for kind, entry in entries(element)), key=STRENGTH.get, default=None)


def spared(element, caller, effect, maker):
    """A Deny by NotPrincipal spares only who is listed with account, role and session; an Allow leaves out whoever is listed
    in any way. [Q]"""
    seen = {naming(kind, entry, caller.text, maker) for kind, entry in entries(element)}
    if effect == ALLOW:
        return seen != {None}
    if "all" in seen:
        return True
    if caller.kind == "session":
        return {"self", "entity", "account"} <= seen
    if caller.kind == "role":
        return {"entity", "account"} <= seen
    if caller.kind in ("user", "federated-user"):
        return {"self", "account"} <= seen
    return "self" in seen


# ------------------------------------------------------------------------------------------------ statements [E]

def statement_applies(statement, policy, request, layer):
    """None, or how it names the caller ("all" where the document has no principals)."""
    # Action, NotAction
    def covers(element):
        return any(glob_matches(wild(a), request.action, True) for a in listed(statement[element]))
    if "Action" in statement:
        if not covers("Action"):
            return None
    elif covers("NotAction"):
        return None
    # Resource, NotResource; a role's trust policy has none
    variables = policy.get("Version") == "2012-10-17"

    def lies_in(element):
        for written in listed(statement[element]):
            glob = expand(written, request.context, variables, True)
            if glob is not None and resource_matches(glob, request.resource, layer in ("resource", "network", "endpoint")):
                return True
        return False
    if "Resource" in statement:
        if not lies_in("Resource"):
            return None
    elif "NotResource" in statement:
        if lies_in("NotResource"):
            return None
    # Principal, NotPrincipal
    how = "all"
    if "Principal" in statement:
        how = strongest(statement["Principal"], request.caller, request.maker)
        if how is None:
            return None
    elif "NotPrincipal" in statement:
        always = statement["Effect"] == DENY and request.has_boundary
        if not always and spared(statement["NotPrincipal"], request.caller, statement["Effect"], request.maker):
            return None
    for name, keys in statement.get("Condition", {}).items():
        for key, wanted in keys.items():
            wanted = [w if isinstance(w, str) else str(w).lower() for w in listed(wanted)]
            if not condition_holds(name, key, wanted, request.context, variables):
                return None
    return how


class Answers:
    """What one layer's policies say: whether any denies, and the strongest way in which any allows."""

    def __init__(self, policies, request, layer):
        self.denies, self.allows = False, None
        for entry in policies:
            policy = entry["policy"]
            for statement in listed(policy["Statement"]):
                how = statement_applies(statement, policy, request, layer)
                if how is None:
                    continue
                if statement["Effect"] == DENY:
                    self.denies = True
                elif STRENGTH[how] > STRENGTH[self.allows]:
                    self.allows = how


# ------------------------------------------------------------------------------------------------ requests [K]

class Request:
    def __init__(self, case):
        told = case["request"]
        self.caller = principal_of(told["principal"])
        self.action, self.resource = told["action"], told["resource"]
        arn = components(self.resource)
        self.resource_account = (arn[4] if arn and re.fullmatch(r"\d{12}", arn[4]) else None) \
            or told.get("resource_account") or self.caller.account
        self.same_account = self.caller.account is not None and self.caller.account == self.resource_account
        self.maker = case.get("facts", {}).get("federated_by")
        self.has_boundary = "boundary" in case and self.caller.of_account and self.caller.kind != "root"
        self.context = self.derived()
        for key, value in told.get("context", {}).items():
            if isinstance(value, list):
                self.context[key.lower()] = tuple(value)
            else:
                self.context[key.lower()] = value

    def derived(self):
        """Keys that follow from the request itself. [K]"""
        caller = self.caller
        keys = {"aws:currenttime": NOW_WRITTEN,
                "aws:epochtime": str(NOW)}
        if self.resource_account:
            keys["aws:resourceaccount"] = self.resource_account
        if caller.of_account:
            keys["aws:principalarn"] = caller.arn
            keys["aws:principalaccount"] = caller.account
            keys["aws:principaltype"] = {"root": "Account", "user": "User", "role": "AssumedRole", "session": "AssumedRole",
                                         "federated-user": "FederatedUser"}[caller.kind]
        if caller.kind == "user":
            keys["aws:username"] = caller.name
        if caller.kind == "anonymous":
            keys["aws:principaltype"] = "Anonymous"
            keys["aws:principalaccount"] = "anonymous"
            keys["aws:userid"] = "anonymous"
        if caller.kind == "root":
            keys["aws:userid"] = caller.account
        if caller.kind == "federated-user":
            keys["aws:userid"] = f"{caller.account}:{caller.name}"
        if caller.of_account or caller.kind == "service":
            keys["aws:principalisawsservice"] = "true" if caller.kind == "service" else "false"
        keys["aws:viaawsservice"] = "false"
        return keys

    def actions(self):
        """A call that assumes a role is authorized for the tags and the identity that it sets, too. [STS]"""
        needed = [self.action]
        if re.fullmatch("sts:assumerole(withsaml|withwebidentity)?", self.action.lower()):
            if any((k.startswith("aws:requesttag/") or k == "aws:tagkeys") and v != () for k, v in self.context.items()):
                needed.append("sts:TagSession")
            if self.context.get("sts:sourceidentity", ()) != ():
                needed.append("sts:SetSourceIdentity")
        return needed


# ------------------------------------------------------------------------------------------------ decision [D]

def reserved(request):
    """What AWS keeps for itself, whatever policies say. [R]"""
    service, _, name = request.action.lower().partition(":")
    arn = components(request.resource)
    if arn is None:
        return False
    if service == "iam" and arn[2] == "iam":
        reads = name.startswith(("get", "list", "simulate", "generate"))
        if arn[4] == "aws" and arn[5].startswith("policy/"):
            return not reads and not name.startswith(("attach", "detach"))
        if arn[5].startswith("role/aws-reserved/"):
            return not reads
    if service == "kms" and arn[2] == "kms" and arn[5].startswith("alias/aws/"):
        return name in ("createalias", "updatealias", "deletealias")
    return False


def decide(case):
    """(decision, blocking layers)"""
    request = Request(case)
    if request.action.lower() == "sts:getcalleridentity" and request.caller.kind != "anonymous":
        return "Allowed", frozenset()
    if reserved(request):
        return "ExplicitlyDenied", frozenset()
    verdicts = []
    for action in request.actions():
        request.action = action
        denied, missing = decide_one(case, request)
        verdicts.append(("ExplicitlyDenied", frozenset(denied)) if denied else
                        ("ImplicitlyDenied", frozenset(missing)) if missing else ("Allowed", frozenset()))
    return next((v for name in ("ExplicitlyDenied", "ImplicitlyDenied") for v in verdicts if v[0] == name), verdicts[0])


# Services whose resources resource control policies bind. [D2]
UNDER_RCP = {"aoss", "cognito-identity", "cognito-idp", "dynamodb", "ecr", "kms", "logs", "s3", "secretsmanager", "sqs", "sts"}


def decide_one(case, request):
    caller, facts = request.caller, case.get("facts", {})
    action, service = request.action.lower(), request.action.lower().partition(":")[0]
    arn = components(request.resource)

    # Which layers have a say. [D1, D2]
    service_linked = facts.get("service_linked_role", False) or \
        (caller.kind == "role" and ":role/aws-service-role/" in caller.text)
    callers, owners = ({}, {}) if "accounts" not in case else \
        (case["accounts"].get(caller.account, {}), case["accounts"].get(request.resource_account, {}))  # [D9]
    manager = facts.get("management_account", False) or callers.get("management_account", False)
    managed = (manager and request.same_account) or owners.get("management_account", False)
    scp = (case.get("scp") or callers.get("scp")) if caller.of_account and not service_linked and not manager else None
    rcp = (case.get("rcp") or owners.get("rcp")) if service in UNDER_RCP and not service_linked and not managed else None
    endpoint = case.get("endpoint") or None
    authorizer = facts.get("lambda_authorizer") if service == "execute-api" and not caller.of_account else None  # [G]
    identity = case.get("identity", []) if (caller.of_account and caller.kind != "root") or authorizer else None
    boundary = [case["boundary"]] if request.has_boundary else None
    sessions = case.get("session") if caller.of_account and caller.kind != "root" else None
    trust = service == "sts" and action in ("sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity",
                                            "sts:tagsession", "sts:setsourceidentity") \
        and arn is not None and arn[2] == "iam" and arn[5].startswith("role/")
    key = service == "kms" and arn is not None and arn[2] == "kms" and arn[5].startswith("key/")
    lattice = service == "vpc-lattice-svcs"

    def ask(policies, layer):
        return Answers(policies, request, layer)

    layers = {
        "scp": [ask(level, "scp") for level in scp or []],
        "rcp": [ask(level, "rcp") for level in rcp or []],
        "endpoint": [ask(endpoint, "endpoint")] if endpoint else [],
        "network": [ask([case["network"]], "network")] if lattice and "network" in case else [],
        "trust" if trust else "resource": [ask([case["resource"]], "trust" if trust else "resource")] if "resource" in case else [],
        "identity": [ask(identity, "identity")] if identity is not None else [],
        "boundary": [ask(boundary, "boundary")] if boundary else [],
        "session": [ask(sessions, "session")] if sessions else [],
    }

    # An explicit denial wins. [D3]
    denied = {name for name, answers in layers.items() if any(each.denies for each in answers)}
    missing = {name for name in ("scp", "rcp", "endpoint", "network") if any(each.allows is None for each in layers[name])}

    on_resource = layers["trust" if trust else "resource"]
    grant = on_resource[0].allows if on_resource else None
    resource_layer = "trust" if trust else "resource"

    def allowed(name):
        return all(each.allows is not None for each in layers[name])

    # Each call for its callers: without credentials for those of providers, with them for everybody else. [STS]
    callers = {"sts:assumerole": caller.kind not in ("saml", "web"),
               "sts:assumerolewithsaml": not caller.of_account and caller.kind != "web",
               "sts:assumerolewithwebidentity": not caller.of_account and caller.kind != "saml"}
    if trust and not callers.get(action, True):
        missing.add("trust")
        return denied, missing

    if not caller.of_account:  # nobody's identity policies: the resource must allow [D4]
        if authorizer:  # at home one of the two is enough, elsewhere both must allow [G]
            home = authorizer == request.resource_account
            if not allowed("identity") and (grant is None or not home):
                missing.add("identity")
            if grant is None and not home:
                missing.add("resource")
            return denied, missing
        if grant is None:
            missing.add(resource_layer)
        if trust and caller.account is not None and not request.same_account:
            missing.add("trust")  # a provider of another account [STS]
        return denied, missing

    by_identity = set()  # what the caller's own side lacks [D5]
    if caller.kind != "root":
        if not allowed("identity"):
            by_identity.add("identity")
        if not allowed("boundary"):
            by_identity.add("boundary")
        if not allowed("session"):
            by_identity.add("session")
        if caller.kind == "federated-user" and not sessions:
            by_identity.add("session")

    if not request.same_account:  # both accounts must allow [D6]
        if grant is None:
            missing.add(resource_layer)
        return denied, missing | by_identity

    if lattice:  # both must allow, within one account, too [L]
        if grant is None:
            missing.add("resource")
        return denied, missing | by_identity

    if (trust or key) and grant is None:  # these policies must allow [D7]
        missing.add(resource_layer)
        return denied, missing | by_identity

    # The union of both sides; how strongly the resource's policy names the caller tells what else binds. [D8]
    if grant == "self" or (grant == "all" and not (caller.kind == "federated-user" and not sessions)):
        return denied, missing
    if grant == "entity" or grant == "all":
        return denied, missing | (by_identity - {"identity"})
    return denied, missing | by_identity
