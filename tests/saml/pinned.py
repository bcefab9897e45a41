#!/usr/bin/env python3
"""Is every check pinned? Takes each refusing condition of the verifier away, one at a time, and expects a test to fail.

pinned.py FOLDER [--only REGEX] [--list] [--jobs N]

Works on a copy of the sources in FOLDER: every condition that ends in a refusal, and every GW_CHECK, is wrapped so that a
number in the environment switches it off. One build serves all of them; the product itself has no such switch. Where a
condition is made of several alternatives, each is one mutant. A mutant that no test notices is printed with its line and
counts as a failure, unless EQUIVALENT says why nobody can notice it.
"""
import argparse
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ['saml/xml', 'saml/dsig', 'saml/protocol', 'saml/metadata']
# Sources that check nothing that comes from outside: they make signatures, keys and certificates' texts.
LEFT_OUT = {'saml/dsig/signer.cpp', 'saml/dsig/key_generation.cpp', 'saml/protocol/html_form.cpp'}
TESTS = {'saml/xml': ['test_saml_xml', 'test_saml_catalogue'], 'saml/dsig': ['test_saml_verifiers', 'test_saml_dsig'],
         'saml/protocol': ['test_saml_protocol', 'test_saml_catalogue'], 'saml/metadata': ['test_saml_metadata']}
# What takes long comes last; whatever else is there comes between.
EARLY = ['test_saml_catalogue', 'test_saml_verifiers', 'test_saml_protocol', 'test_saml_dsig', 'test_saml_xml', 'test_saml_metadata']
LATE = ['test_saml_shapes', 'test_saml_wrapping', 'test_saml_allocation']
REFUSAL = re.compile(r'\s*\{?\s*(return\s+(::gw::)?(fail|bad|badStructure|refuse|wrong|notXml|tl::unexpected)\b|return\s+(false|nullptr|\{\}|0);|refuse\()')
# Here every condition is a rule, whatever stands behind it.
RULES = {'saml/protocol/assertion_rules.cpp'}
# An acceptance in front of a refusal: the mutant always takes it.
ACCEPTANCE = re.compile(r'\s*return \{\};\s*(return (fail|wrong)\b|Error error)')
NO_MEMORY = 'only where an allocation fails, which test_saml_allocation makes happen: nothing is accepted then either way'
# (file, beginning of the operand): why no test can tell.
EQUIVALENT = {
    ('saml/xml/document.cpp', 'document.tree_ == nullptr'): 'a document without a tree has no root either',
    ('saml/xml/document.cpp', 'parser == nullptr'): 'only without memory, and then the program ends',
    ('saml/xml/document.cpp', 'parser->wellFormed == 0'): 'libxml2 gives no tree for what is not well formed without RECOVER',
    ('saml/xml/document.cpp', '!document.root()'): 'what is well formed has a root',
    ('saml/xml/text_gate.cpp', 'text.size() < 6'): 'five octets are no document',
    ('saml/xml/text_gate.cpp', 'i + length > text.size()'): 'what follows the end is no tail octet either',
    ('saml/xml/text_gate.cpp', 'open == std::string_view::npos'): 'libxml2 refuses a declaration without a value',
    ('saml/xml/text_gate.cpp', 'close == std::string_view::npos'): 'libxml2 refuses a declaration without its end',
    ('saml/xml/text_gate.cpp', 'at == std::string_view::npos'): 'the next search finds nothing either',
    ('saml/xml/text_gate.cpp', 'length == 0'): 'the length that is returned is 0 all the same',
    ('saml/xml/text_gate.cpp', 'rest.starts_with("<!")'): 'the parser refuses the document there',
    ('saml/xml/element.cpp', 'node_->parent == nullptr'): 'above the root stands the document, which is no element',
    ('saml/xml/library.cpp', 'fresh == nullptr'): NO_MEMORY,
    ('saml/protocol/assertion_reader.cpp', '!issued'): 'the structure is refused without it before anything is read',
    ('saml/protocol/assertion_rules.cpp', '!confirmation.recipient'): 'no text is no endpoint either',
    ('saml/protocol/assertion_verifier.cpp', '!parts'): 'the same element was located in the received document before',
    ('saml/dsig/decryption.cpp', 'cipher == nullptr'): 'the profile lets nothing through that has no cipher here',
    ('saml/dsig/certificate.cpp', 'out == nullptr'): NO_MEMORY,
    ('saml/dsig/certificate.cpp', 'time == nullptr'): 'a certificate that OpenSSL has read has both times',
    ('saml/dsig/certificate.cpp', 'der.empty()'): 'OpenSSL reads nothing from no octets, and then not to their end',
    ('saml/dsig/certificate.cpp', 'parsed == nullptr'): 'OpenSSL has not read to the end then, which is asked next',
    ('saml/dsig/certificate.cpp', 'size <= 0'): NO_MEMORY,
    ('saml/dsig/decryption_key.cpp', 'pem.empty()'): 'OpenSSL finds no key in no octets either',
    ('saml/dsig/decryption_key.cpp', 'size <= 0'): NO_MEMORY,
    ('saml/dsig/direct_verifier.cpp', 'r == nullptr'): NO_MEMORY,
    ('saml/dsig/direct_verifier.cpp', 's == nullptr'): NO_MEMORY,
    ('saml/dsig/direct_verifier.cpp', 'signature == nullptr'): NO_MEMORY,
    ('saml/dsig/direct_verifier.cpp', 'size <= 0'): NO_MEMORY,
    ('saml/dsig/direct_verifier.cpp', 'static_cast<std::size_t>(size) > der.size()'): 'the largest curve takes 141 octets',
    ('saml/dsig/direct_verifier.cpp', 'key.isRsa() =='): 'OpenSSL refuses the value of another kind of key as well',
    ('saml/dsig/direct_verifier.cpp', 'der.empty()'): 'OpenSSL refuses a value without octets as well',
    ('saml/dsig/direct_verifier.cpp', 'context == nullptr'): NO_MEMORY,
    ('saml/dsig/direct_verifier.cpp', 'method.digest == nullptr'): 'the OpenSSL that the tests run with has all four digests',
    ('saml/dsig/direct_verifier.cpp', 'digest == nullptr'): 'the OpenSSL that the tests run with has all four digests',
    ('saml/dsig/direct_verifier.cpp', 'digested.empty()'): 'the canonical form of an element holds its tags at least',
    ('saml/dsig/direct_verifier.cpp', '!document.root()'): 'without a root there is no parent either',
    ('saml/dsig/xmlsec_verifier.cpp', 'EVP_PKEY_up_ref'): 'OpenSSL counts up what it holds',
    ('saml/dsig/xmlsec_verifier.cpp', 'data == nullptr'): NO_MEMORY,
    ('saml/dsig/xmlsec_verifier.cpp', 'context == nullptr'): NO_MEMORY,
    ('saml/dsig/xmlsec_verifier.cpp', 'key == nullptr'): NO_MEMORY,
    ('saml/dsig/xmlsec_verifier.cpp', '!allow('): NO_MEMORY,
    ('saml/dsig/xmlsec_verifier.cpp', '!prepareXmlsec()'): 'only where the library cannot be set up at all',
    ('saml/dsig/xmlsec_verifier.cpp', 'xmlSecPtrListGetSize('): 'a profile has one Reference, which xmlsec1 has gone through where it succeeds',
    ('saml/dsig/xmlsec_verifier.cpp', 'reference == nullptr'): 'the list has one',
    ('saml/dsig/xmlsec_verifier.cpp', 'reference->status'): 'xmlsec1 does not succeed without its references',
    ('saml/dsig/xmlsec_verifier.cpp', 'buffer == nullptr'): 'xmlsec1 digests from this buffer',
    ('saml/dsig/xmlsec_verifier.cpp', 'xmlSecBufferGetSize(buffer)'): 'the canonical form of an element holds its tags at least',
    ('saml/dsig/xmlsec_verifier.cpp', 'result != 0'): 'the status is not that of success either',
    ('saml/dsig/direct_verifier.cpp', '!profile.parent'): 'the canonical form of nothing is refused by the same word',
}
HEADER = '''#pragma once
#include <cstdlib>
inline bool gwMutant(int number) {
    static const int chosen = std::getenv("GW_MUTANT") == nullptr ? 0 : std::atoi(std::getenv("GW_MUTANT"));
    return chosen == number;
}
'''


def closing(text, start):
    """Index after the parenthesis that closes the one at `start`, strings and characters passed over."""
    depth, i = 0, start
    while i < len(text):
        c = text[i]
        if c in '"\'' and not (c == "'" and text[i - 1].isalnum() and text[i + 1].isalnum()):
            i += 1
            while text[i] != c:
                i += 2 if text[i] == '\\' else 1
        elif c in '([{':
            depth += 1
        elif c in ')]}':
            depth -= 1
            if depth == 0:
                return i + 1
        i += 1
    return len(text)


def split(text, mark):
    """At `mark` outside of every bracket and string."""
    parts, depth, begin, i = [], 0, 0, 0
    while i < len(text):
        c = text[i]
        if c in '"\'' and not (c == "'" and i and text[i - 1].isalnum()):
            i += 1
            while text[i] != c:
                i += 2 if text[i] == '\\' else 1
        elif c in '([{':
            depth += 1
        elif c in ')]}':
            depth -= 1
        elif depth == 0 and text.startswith(mark, i):
            parts.append(text[begin:i])
            begin = i + len(mark)
            i = begin - 1
        i += 1
    return parts + [text[begin:]]


class Mutants:
    def __init__(self):
        self.all = []          # (number, file, line, operand)

    def add(self, file, text, at, operand):
        number = len(self.all) + 1
        self.all.append((number, file, text.count('\n', 0, at) + 1, ' '.join(operand.split())))
        return number

    def wrap(self, file, text):
        out, i = [], 0
        for match in re.finditer(r'\bif \(|\bGW_CHECK\(', text):
            if match.start() < i:
                continue
            opening = match.end() - 1
            end = closing(text, opening)
            inside = text[opening + 1:end - 1]
            if match.group().startswith('GW_CHECK'):
                number = self.add(file, text, match.start(), inside)
                changed = f'GW_CHECK(gwMutant({number}) ? ::gw::Status() : ::gw::Status({inside}))'
            else:
                accepts = ACCEPTANCE.match(text, end)
                if not (accepts or file in RULES or REFUSAL.match(text, end)) or text[max(0, match.start() - 10):match.start()].endswith('constexpr '):
                    continue
                *before, condition = split(inside, ';')
                if accepts:
                    number = self.add(file, text, match.start(), condition)
                    out.append(text[i:match.start()] + 'if (' + ';'.join([*before, f' gwMutant({number}) || ({condition})']) + ')')
                    i = end
                    continue
                operands = split(condition, '||')
                wrapped = [f' (!gwMutant({self.add(file, text, match.start(), one)}) && ({one})) ' for one in operands]
                changed = 'if (' + ';'.join([*before, '||'.join(wrapped)]) + ')'
            out.append(text[i:match.start()] + changed)
            i = end
        return ''.join(out) + text[i:]


def prepare(folder, mutants):
    source = folder / 'source'
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    for name in ['CMakeLists.txt', 'saml', 'models', 'app', 'ui', 'tests', 'bench', 'resources']:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns('__pycache__', 'seeds'))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, source / name)
    (source / 'mutant.h').write_text(HEADER, encoding='ascii')
    for part in FOLDERS:
        for path in sorted((source / part).glob('*.cpp')):
            name = str(path.relative_to(source))
            if name not in LEFT_OUT:
                path.write_text(mutants.wrap(name, path.read_text(encoding='utf-8')), encoding='utf-8')
    return source


def build(folder, source, jobs):
    output = folder / 'build'
    there = re.findall(r'gw_test\((test_saml_\w+) ', (source / 'tests/saml/CMakeLists.txt').read_text(encoding='utf-8'))
    tests = [test for test in EARLY if test in there] + sorted(set(there) - set(EARLY) - set(LATE)) + [test for test in LATE if test in there]
    # Assertions as in preset dev: an empty optional that is read must be noticed, and not go on by chance.
    flags = f'-O1 -w -D_GLIBCXX_ASSERTIONS -include {source}/mutant.h'
    subprocess.run(['cmake', '-S', source, '-B', output, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Debug', f'-DCMAKE_CXX_FLAGS_DEBUG={flags}',
                    '-DCMAKE_CXX_COMPILER_LAUNCHER=ccache', '-DGATEWARDEN_QT=OFF'], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(['ninja', '-C', output, f'-j{jobs}', *tests], check=True, stdout=subprocess.DEVNULL)
    return output / 'tests', tests


def limit_time():
    """Processor time: on a busy machine a clock would end what is only slow, and count it as noticed."""
    resource.setrlimit(resource.RLIMIT_CPU, (180, 180))


def killer(binaries, tests, mutant):
    """The test program that notices; None where all pass."""
    number, file, _, _ = mutant
    first = next(names for part, names in TESTS.items() if file.startswith(part))
    environment = {**os.environ, 'GW_MUTANT': str(number), 'GW_SHAPES': '60', 'GW_MUTATIONS': '800'}
    for test in [*first, *(one for one in tests if one not in first)]:
        if test not in tests:
            continue
        # The exhaustive search repeats by force what the other tests do one by one.
        run = subprocess.run([binaries / test, '--gtest_fail_fast', '--gtest_brief=1', '--gtest_filter=-*WrappingSearch*'], env=environment, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, preexec_fn=limit_time, check=False)
        if run.returncode != 0:
            return f'{test} (signal {-run.returncode})' if run.returncode < 0 else test
    return None


def reason_of(mutant):
    """Why no test can tell; None where one must."""
    _, file, _, operand = mutant
    return next((why for (name, start), why in EQUIVALENT.items() if name == file and operand.startswith(start)), None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder', type=pathlib.Path)
    parser.add_argument('--only', default='')
    parser.add_argument('--list', action='store_true')
    parser.add_argument('--jobs', type=int, default=2)
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    mutants = Mutants()
    source = prepare(folder, mutants)
    chosen = [one for one in mutants.all if re.search(arguments.only, f'{one[1]}:{one[2]} {one[3]}')]
    if arguments.list:
        for number, file, line, operand in chosen:
            print(f'{number:4} {file}:{line} {operand}')
        return 0
    binaries, tests = build(folder, source, arguments.jobs)
    broken = killer(binaries, tests, (0, 'saml/xml', 0, ''))
    if broken is not None:
        print(f'{broken} fails without any mutant')
        return 2
    survivors = []
    # Every test is run for those that nobody can notice: they come last.
    for mutant in sorted(chosen, key=lambda one: reason_of(one) is not None):
        _, file, line, operand = mutant
        test = killer(binaries, tests, mutant)
        reason = reason_of(mutant)
        if test is None and reason is None:
            survivors.append(mutant)
        print(f'{"pinned" if test else "equivalent" if reason else "SURVIVED":10} {file}:{line} {operand[:110]}  [{test or reason or ""}]', flush=True)
    print(f'{len(chosen)} checks taken away one at a time, {len(survivors)} unnoticed')
    return 1 if survivors else 0


if __name__ == '__main__':
    sys.exit(main())
