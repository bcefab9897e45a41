"""Texts, ARNs, values and conditions, as the documentation describes them; see README.md for the letters."""

import base64
import binascii
import ipaddress
import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

STAR, ANY = "\ue000", "\ue001"  # wildcards, apart from the characters "*" and "?"

remember = lru_cache(maxsize=200_000)


# ------------------------------------------------------------------------------------------------ text [W, V]

@remember
def regex(glob, fold):
    """Of a text whose wildcards are STAR and ANY."""
    parts = [".*" if c == STAR else "." if c == ANY else re.escape(c) for c in glob]
    return re.compile("".join(parts), re.DOTALL | (re.IGNORECASE | re.ASCII if fold else 0))


@remember
def glob_matches(glob, text, fold=False):
    return regex(glob, fold).fullmatch(text) is not None


@remember
def wild(text):
    return text.replace("*", STAR).replace("?", ANY)


WITH_DEFAULT = re.compile(r"\s*([^,\s]+)\s*,\s*'([^']*)'\s*")


@remember
def pieces(text):
    """Splits at variables: strings as they are, and (key, default) pairs for variables. [V]"""
    result, at = [], 0
    for found in re.finditer(r"\$\{(\$|[^${}]*)\}", text):
        inside = found.group(1)
        result.append(text[at:found.start()])
        at = found.end()
        if inside in ("*", "?", "$"):
            result.append(("literal", inside))
            continue
        default = WITH_DEFAULT.fullmatch(inside)
        if default:
            result.append(("key", default.group(1).lower(), default.group(2)))
        else:
            result.append(("key", inside.strip().lower(), None))
    result.append(text[at:])
    return tuple(result)


def expand(text, context, variables, wildcards):
    """The glob that a policy's text means for this request; None where a variable has no value. [V]"""
    as_written = wild if wildcards else str
    if not variables or "${" not in text:
        return as_written(text)
    glob = ""
    for piece in pieces(text):
        if isinstance(piece, str):
            glob += as_written(piece)
        elif piece[0] == "literal":
            glob += piece[1]
        else:
            value = context.get(piece[1])
            if isinstance(value, str):
                glob += value
            elif isinstance(value, tuple) and len(value) == 1:
                glob += value[0]
            elif piece[2] is not None:
                glob += piece[2]
            else:
                return None
    return glob


# ------------------------------------------------------------------------------------------------ ARNs [A]

def components(arn):
    parts = arn.split(":", 5)
    return parts if len(parts) == 6 and parts[0] == "arn" else None


@remember
def arn_matches(glob, arn):
    """Six components, each for itself. [A]"""
    seen, wanted = components(arn), components(glob)
    if seen is None:
        return False
    if glob == STAR:  # [O2]
        return True
    if wanted is None:
        return False
    return all(glob_matches(w, s) for w, s in zip(wanted, seen))


# Services whose resources begin with the word of their type. [T]
TYPED = {"iam", "kms", "lambda", "dynamodb", "vpc-lattice", "sts"}


@remember
def resource_matches(glob, resource, in_resource_policy):
    """A glob of a Resource element against the request's resource. [A, S, T, X]"""
    if glob == STAR:
        return True
    if in_resource_policy and glob.startswith("execute-api:/"):  # the short form, which API Gateway writes out [X]
        seen = components(resource)
        if seen is None or seen[2] != "execute-api":
            return False
        api, slash, rest = seen[5].partition("/")
        return slash == "/" and glob_matches(glob[len("execute-api:/"):], rest)
    wanted = glob.split(":", 5)
    if wanted[0] != "arn":
        return False
    if len(wanted) < 6:
        if in_resource_policy and not glob.endswith(STAR):
            return False
        wanted += [STAR] * (6 - len(wanted))
    seen = components(resource)
    if seen is None:
        return False
    if wanted[2] in TYPED and wanted[5] != STAR:
        word = re.split("[/:]", wanted[5])[0]
        if STAR in word or ANY in word:
            return False
    return all(glob_matches(w, s) for w, s in zip(wanted, seen))


# ------------------------------------------------------------------------------------------------ values [C]

@remember
def number(text):
    return Decimal(text) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text) else None


DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?")


@remember
def date(text):
    """The W3C profile of ISO 8601, or seconds since 1970."""
    found = DATE.fullmatch(text)
    if found:
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        try:
            moment = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0),
                              tzinfo=timezone.utc)
        except ValueError:
            return None
        if zone and zone != "Z":
            offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
            moment += offset if zone[0] == "-" else -offset
        return Decimal(int((moment - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds())) + Decimal("0." + (fraction or "0")[:3])
    return Decimal(text) if re.fullmatch(r"-?\d{1,18}", text) else None


@remember
def boolean(text):
    return {"true": True, "false": False}.get(text.lower())


@remember
def octets(text):
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


@remember
def network(text):
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


@remember
def in_network(seen, wanted):
    s, w = network(seen), network(wanted)
    return s is not None and w is not None and s.version == w.version and s.subnet_of(w)


ORDER = {
    "equals": lambda a, b: a == b,
    "lessthan": lambda a, b: a < b,
    "lessthanequals": lambda a, b: a <= b,
    "greaterthan": lambda a, b: a > b,
    "greaterthanequals": lambda a, b: a >= b,
}


@remember
def typed(family, relation, seen, wanted):
    """Operators that know neither wildcards nor variables."""
    if family == "ip":
        return in_network(seen, wanted)
    read = {"numeric": number, "date": date, "bool": boolean, "binary": octets}[family]
    a, b = read(seen), read(wanted)
    return a is not None and b is not None and ORDER[relation](a, b)


def one_value(family, relation, seen, wanted, context, variables):
    """Whether one value of the request equals (is like, is less than, …) one value of the policy. [C, V]"""
    if family == "bool":  # [O4]
        glob = expand(wanted, context, variables, False)
        return glob is not None and typed(family, relation, seen, glob)
    if family == "string":
        glob = expand(wanted, context, variables, relation == "like")
        return glob is not None and glob_matches(glob, seen, relation == "equalsignorecase")
    if family == "arn":
        glob = expand(wanted, context, variables, True)
        return glob is not None and arn_matches(glob, seen)
    return typed(family, relation, seen, wanted)


# ------------------------------------------------------------------------------------------------ conditions [C, M, N]

@remember
def operator(name):
    """(quantifier, family, relation, negated, if exists)"""
    text, quantifier = name.lower(), None
    for prefix in ("forallvalues:", "foranyvalue:"):
        if text.startswith(prefix):
            quantifier, text = prefix[:-1], text[len(prefix):]
    if_exists = text.endswith("ifexists")
    if if_exists:
        text = text[:-len("ifexists")]
    table = {
        "stringequals": ("string", "equals", False), "stringnotequals": ("string", "equals", True),
        "stringequalsignorecase": ("string", "equalsignorecase", False),
        "stringnotequalsignorecase": ("string", "equalsignorecase", True),
        "stringlike": ("string", "like", False), "stringnotlike": ("string", "like", True),
        "arnequals": ("arn", "like", False), "arnnotequals": ("arn", "like", True),
        "arnlike": ("arn", "like", False), "arnnotlike": ("arn", "like", True),
        "bool": ("bool", "equals", False), "binaryequals": ("binary", "equals", False),
        "ipaddress": ("ip", "in", False), "notipaddress": ("ip", "in", True),
        "null": ("null", "", False),
    }
    for kind in ("numeric", "date"):
        for relation in ORDER:
            table[kind + relation] = (kind, relation, False)
        table[kind + "notequals"] = (kind, "equals", True)
    return (quantifier, *table[text], if_exists)


def condition_holds(name, key, wanted, context, variables):
    quantifier, family, relation, negated, if_exists = operator(name)
    value = context.get(key.lower())
    values = () if value is None else (value,) if isinstance(value, str) else value
    if family == "null":  # [N]
        return any(boolean(w) == (len(values) == 0) for w in wanted)

    def holds(seen):
        equal = any(one_value(family, relation, seen, w, context, variables) for w in wanted)
        return not equal if negated else equal

    if quantifier == "forallvalues":  # [M]
        return values in ((), ("",)) or all(holds(v) for v in values)
    if quantifier == "foranyvalue" and not values:
        return if_exists  # [O3]
    if quantifier == "foranyvalue":
        return any(holds(v) for v in values)
    if not values:
        return negated or if_exists
    if len(values) > 1:  # a list has no place in a plain operator [O1]
        return False
    return holds(values[0])
