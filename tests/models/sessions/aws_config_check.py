"""Compares our reading of AWS shared files with Python's RawConfigParser, which the AWS CLI and boto3 use, over texts made
by chance, and checks that what we write means what it should to that parser.

usage: aws_config_check.py PATH-OF-aws_config_tool [SEED] [COUNT]
"""
import base64
import configparser
import io
import json
import random
import subprocess
import sys

PIECES = ["[profile dev]", "[profile \"dev\"]", "[default]", "[a]", "[b] x", "[DEFAULT]", "[", "[]", "]", "[c]]", " [d]", "region = x", "region=",
          "Region : y", "credential_process = z", "aws_access_key_id = k", "role_arn=r", "  indented = 1", "    deeper", "\tx=1", "# managed by gatewarden x",
          "# c", "; c", " # c", "", " ", "garbage", "= v", ": v", "k", "k = v # c", "k=v", "k2 = a=b:c", "s3 =", "\u00fc = \u00fc", "\u00a0nbsp=1", "\u2003em = 2",
          "x\u0085y = 1", "\x1cfs=1", "\ufeff[bom]", "\ufeff"]
BREAKS = ["\n", "\n", "\n", "\r\n", "\r"]


def text(chance):
    lines = [chance.choice(PIECES) + chance.choice(BREAKS) for _ in range(chance.randrange(9))]
    whole = "".join(lines)
    if chance.random() < 0.2:
        whole = whole.rstrip("\r\n")
    data = whole.encode()
    if chance.random() < 0.05:
        position = chance.randrange(len(data) + 1)
        data = data[:position] + b"\xff" + data[position:]
    return data


def python(data):
    """The parsed file, or None where the tools could not read it."""
    parser = configparser.RawConfigParser()
    try:
        # As open() in text mode does it.
        parser.read_file(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    except (configparser.Error, UnicodeDecodeError):
        return None
    return parser


def profile(parser, name):
    """The section that holds a profile, as botocore finds it."""
    import shlex
    for section in parser.sections():
        if section == name == "default":
            return section
        if section.startswith("profile"):
            try:
                words = shlex.split(section)
            except ValueError:
                continue
            if len(words) == 2 and words[1] == name:
                return section
    return None


def values(parser, without):
    return {section: dict(parser._sections[section]) for section in parser.sections() if section != without}


def check(data, ours):
    theirs = python(data)
    if (theirs is not None) != ours["readable"]:
        return "readable: %s, to Python: %s" % (ours["readable"], theirs is not None)
    if theirs is None:
        return None if ours["after"] is None else "would write into a file that is unreadable"
    found = {}
    for section in ours["sections"]:
        found.setdefault(section["header"], []).extend(section["keys"])
    expected = {section: list(theirs._sections[section]) for section in theirs.sections()}
    if theirs.defaults():
        expected["DEFAULT"] = list(theirs.defaults())
    found = {header: keys for header, keys in found.items() if header != "DEFAULT" or keys}
    if {h: sorted(k) for h, k in found.items()} != {h: sorted(k) for h, k in expected.items()}:
        return "sections: %r, to Python: %r" % (found, expected)
    if ours["after"] is None:
        return "a readable file was refused"
    after = python(base64.b64decode(ours["after"]))
    if after is None:
        return "what would be written is unreadable"
    section = profile(after, "dev")
    if section is None:
        return "the profile is not there"
    if after._sections[section].get("credential_process") != "/usr/bin/helper --profile dev" or after._sections[section].get("region") != "eu-west-1":
        return "the profile holds %r" % after._sections[section]
    if "role_arn" in after._sections[section] and "role_arn" not in after.defaults() and b"managed" not in data:
        return "a key that wins was left"
    if values(theirs, profile(theirs, "dev")) != values(after, section) or theirs.defaults() != after.defaults():
        return "other sections changed"
    if ours["without"] is None:
        return "cannot be removed again"
    without = python(base64.b64decode(ours["without"]))
    if without is None:
        return "unreadable once the profile is removed"
    left = profile(without, "dev")
    if left is not None and left == section and without._sections[left]:
        return "the profile is still there"
    if values(without, section) != values(after, section) or without.defaults() != after.defaults():
        return "other sections changed when the profile was removed"
    return None


def main():
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 20000
    chance = random.Random(seed)
    texts = [text(chance) for _ in range(count)]
    sent = b"".join(b"%d\n%s" % (len(data), data) for data in texts)
    answers = subprocess.run([sys.argv[1]], input=sent, stdout=subprocess.PIPE, check=True).stdout.decode().rstrip("\n").split("\n")
    assert len(answers) == count, (len(answers), count)
    wrong = readable = 0
    for data, line in zip(texts, answers):
        answer = json.loads(line)
        readable += answer["readable"]
        problem = check(data, answer)
        if problem:
            wrong += 1
            if wrong <= 10:
                print("%r: %s" % (data, problem))
                if answer["after"]:
                    print("    after: %r" % base64.b64decode(answer["after"]))
    print("%d texts, %d readable, %d wrong" % (count, readable, wrong))
    assert count // 20 < readable < count, "the texts are not worth comparing"
    return 1 if wrong else 0


sys.exit(main())
