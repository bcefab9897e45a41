"""Checks that man pages and completions say what --help says.

usage: documents_check.py PATH-OF-gatewardenctl PATH-OF-gatewarden-credentials RESOURCES-FOLDER
"""
import pathlib
import re
import subprocess
import sys

ctl, credentials, resources = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
completions = {path.name: path.read_text() for path in (resources / "completions").iterdir() if "gatewardenctl" in path.name}
problems = []


def shown(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()


def plain(page):
    """The words of a man page, without roff's marks."""
    text = page.read_text().replace("\\-", "-")
    return re.sub(r"\\f.", "", text)


def need(where, text, word):
    # Fish names long options without their dashes.
    names = [word] if not where.endswith(".fish") else [word, "-l " + word.lstrip("-")]
    if not any(re.search(r"(?<![\w-])" + re.escape(name) + r"(?![\w-])", text) for name in names):
        problems.append("%s does not mention %s" % (where, word))


def options(text):
    return set(re.findall(r"^  (--[a-z-]+)", text, re.M))


man = plain(resources / "man" / "gatewardenctl.1")
top = shown(ctl, "--help")
commands = re.findall(r"^  ([a-z][a-z-]+(?: [a-z][a-z-]+)?)  +\S", top, re.M)
assert len(commands) >= 7, top
for command in commands:
    need("gatewardenctl.1", man, command)
    for name, text in completions.items():
        need(name, text, command)
    for option in options(shown(ctl, *command.split(), "--help")):
        need("gatewardenctl.1", man, option)
        for name, text in completions.items():
            need(name, text, option)

tiny = shown(credentials, "--help")
page = plain(resources / "man" / "gatewarden-credentials.1")
for option in options(tiny):
    need("gatewarden-credentials.1", page, option)

assert len(completions) == 3, completions.keys()
for problem in problems:
    print(problem)
print("%d commands, %d problems" % (len(commands), len(problems)))
sys.exit(1 if problems else 0)
