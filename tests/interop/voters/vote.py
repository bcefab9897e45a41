#!/usr/bin/python3
"""Others vote on what the verifier accepts: xmlsec1's command line, python3-saml and OpenSAML's samlsign.

vote.py SAML_CORPUS [COUNT [SEED]]

Each judges what it can: the two programs the signatures, python3-saml the signatures and the rules of the profile too. What
we accept and one of them rejects is a failure, unless LIMITS names a documented limit of that voter. Where a voter is not
installed, that is said; with CI=true it is a failure.

Runs under the system's interpreter, for python3-saml comes as a Debian package.
"""
import base64
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

DS = '{http://www.w3.org/2000/09/xmldsig#}'
PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion'


def run(*command):
    return subprocess.run([str(one) for one in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)


def signed_parts(xml):
    root = ET.fromstring(xml.read_bytes())
    for part, uri, element in [('Response', PROTOCOL, root), ('Assertion', ASSERTION, root.find(f'{{{ASSERTION}}}Assertion'))]:
        if element is not None and element.find(f'{DS}Signature') is not None:
            yield part, uri, element.get('ID')


def xmlsec1(case):
    for part, uri, _ in signed_parts(case.xml):
        where = f"//*[local-name()='{part}' and namespace-uri()='{uri}']/*[local-name()='Signature' and namespace-uri()='{DS[1:-1]}']"
        result = run('xmlsec1', '--verify', '--id-attr:ID', f'{PROTOCOL}:Response', '--id-attr:ID', f'{ASSERTION}:Assertion', '--enabled-key-data',
                     'rsa,ec', '--pubkey-cert-pem', case.key, '--node-xpath', where, case.xml)
        if result.returncode != 0:
            return result.stdout.decode(errors='replace')
    return ''


def samlsign(case):
    for _, _, identifier in signed_parts(case.xml):
        result = run('samlsign', '-f', case.xml, '-c', case.key, '-id', identifier)
        if result.returncode != 0:
            return result.stdout.decode(errors='replace')
    return ''


def python_saml(case):
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from onelogin.saml2.settings import OneLogin_Saml2_Settings
    root = ET.fromstring(case.xml.read_bytes())
    data = root.find(f'.//{{{ASSERTION}}}SubjectConfirmation/{{{ASSERTION}}}SubjectConfirmationData')
    recipient = data.get('Recipient')
    issuer = root.find(f'{{{ASSERTION}}}Assertion/{{{ASSERTION}}}Issuer').text
    audience = root.find(f'.//{{{ASSERTION}}}Audience').text
    body = ''.join(case.key.read_text(encoding='ascii').splitlines()[1:-1])
    settings = OneLogin_Saml2_Settings({
        'strict': True,
        'sp': {'entityId': audience, 'assertionConsumerService': {'url': recipient}},
        'idp': {'entityId': issuer, 'x509cert': body, 'singleSignOnService': {'url': 'https://idp.example/sso'}},
        'security': {'wantAttributeStatement': False, 'rejectUnsolicitedResponsesWithInResponseTo': False},
    }, sp_validation_only=True)
    host, path = re.fullmatch(r'https://([^/]+)(/.*)', recipient).groups()
    response = OneLogin_Saml2_Response(settings, base64.b64encode(case.xml.read_bytes()).decode())
    if not response.is_valid({'https': 'on', 'http_host': host, 'script_name': path, 'server_port': '443'}):
        return str(response.get_error())
    name = response.get_nameid()
    return '' if name == case.name_id else f'reads another name: {name!r}'


# (voter, regular expression over what it says, over the document, why): a limit of the voter and not of the document.
LIMITS = [
    ('samlsign', 'did not supply any verification keys', '', 'takes no key under KeyInfo or an algorithm that it does not match'),
    ('samlsign', 'did not supply a successful', 'xml-c14n11', 'Canonical XML 1.1'),
    ('samlsign', 'did not supply a successful', r'enveloped-signature"></[\w:.-]*Transform>\s*</', 'a reference without a canonicalization'),
    ('samlsign', 'did not supply a successful', 'CanonicalizationMethod[^>]*><ec:Incl', 'a PrefixList for SignedInfo'),
    ('samlsign', 'Invalid attribute: id', '', 'an attribute that no signature covers'),
    ('python3-saml', 'Not match the saml-schema', 'CanonicalizationMethod[^>]*><ec:Incl', 'its schema knows no InclusiveNamespaces'),
]
# Where the generator broke the order of the schemas on purpose, or the mutator something that no signature covers.
OUT_OF_ORDER = ('python3-saml', 'Not match the saml-schema', '', 'wants the order of the schema')


def limit_of(voter, case, complaint):
    limits = LIMITS + ([OUT_OF_ORDER] if case.kind != 'valid' else [])
    text = case.xml.read_text(encoding='utf-8')
    return next((why for who, said, holds, why in limits if who == voter and re.search(said, complaint, re.S) and re.search(holds, text)), None)


class Case:
    def __init__(self, folder, line):
        self.name, self.kind, self.verdict, self.method, self.name_id = line.split('\t')
        self.xml, self.key = folder / f'{self.name}.xml', folder / f'{self.name}.crt'


def available():
    voters = {}
    for name, judge, there in [('xmlsec1', xmlsec1, shutil.which('xmlsec1')), ('samlsign', samlsign, shutil.which('samlsign')),
                               ('python3-saml', python_saml, pathlib.Path('/usr/lib/python3/dist-packages/onelogin/saml2').is_dir())]:
        if there:
            voters[name] = judge
        else:
            print(f'SKIPPED: {name} is not installed')
    return voters


def main():
    count, seed = (sys.argv[2:] + ['40', '1'][len(sys.argv) - 2:])[:2]
    voters = available()
    if os.environ.get('CI') == 'true' and len(voters) < 3:
        return 1
    score, failures = collections.Counter(), []
    with tempfile.TemporaryDirectory(prefix='gatewarden-voters-') as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.argv[1], folder, count, seed], check=True)
        cases = [Case(folder, line) for line in (folder / 'cases.tsv').read_text(encoding='utf-8').splitlines()]
        refused = [case for case in cases if case.verdict != 'accepted']
        for case in cases:
            if case.kind.startswith('valid') and case.verdict != 'accepted':
                failures.append(f'{case.name}: refused by us: {case.verdict}')
        for voter, judge in voters.items():
            for case in [case for case in cases if case.verdict == 'accepted']:
                try:
                    complaint = judge(case)
                except Exception as error:  # noqa: BLE001: a voter may fail in any way; that is its vote
                    complaint = f'{type(error).__name__}: {error}'
                limit = limit_of(voter, case, complaint) if complaint else None
                score[voter, 'agrees' if not complaint else f'limit: {limit}' if limit else 'REJECTS'] += 1
                if complaint and not limit:
                    failures.append(f'{voter} rejects {case.name} ({case.kind}, {case.method}): {complaint.strip()[-600:]}')
            # A voter that says yes to everything would prove nothing.
            for case in [case for case in refused if case.verdict == 'verify.signature_invalid'][:30]:
                try:
                    complaint = judge(case)
                except Exception as error:  # noqa: BLE001
                    complaint = str(error) or 'failed'
                score[voter, 'rejects what we reject' if complaint else 'accepts what we reject'] += 1
            if voters and score[voter, 'rejects what we reject'] == 0:
                failures.append(f'{voter} rejects nothing')
    print(f'{len(cases)} documents, {len(cases) - len(refused)} accepted by us')
    for (voter, what), number in sorted(score.items()):
        print(f'{voter:14} {number:5} {what}')
    for failure in failures[:20]:
        print('FAIL', failure)
    return 1 if failures else 0


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main())
