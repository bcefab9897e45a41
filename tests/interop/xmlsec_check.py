#!/usr/bin/env python3
"""The outside voter: xmlsec1's command line over the collected responses. Shows that the peers really make the shapes that
their names promise, so that a verdict of ours on them means something.

xmlsec_check.py FOLDER      what collect.py left
"""
import pathlib
import re
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ET

DS = '{http://www.w3.org/2000/09/xmldsig#}'
PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion'
SIGNED = {'both': {'Response', 'Assertion'}, 'response': {'Response'}, 'assertion': {'Assertion'}, 'encrypted': {'Response'},
          'sha1': {'Response', 'Assertion'}, 'sha512': {'Response', 'Assertion'}, 'rotated': {'Response', 'Assertion'}}
FOLDER = pathlib.Path()


def cases():
    for line in (FOLDER / 'cases.tsv').read_text(encoding='utf-8').splitlines():
        name, provider, user, _, _, metadata = line.split('\t')
        yield name, provider, user, FOLDER / f'{name}.xml', FOLDER / metadata


def xmlsec1(*arguments):
    # Key data is limited to what a trusted key may come from; a key inside the response is never taken.
    return subprocess.run(['xmlsec1', *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=30, check=False)


def certificates(metadata):
    """PEM files of the metadata's signing keys, in its order."""
    files = []
    for key in ET.parse(metadata).iter('{urn:oasis:names:tc:SAML:2.0:metadata}KeyDescriptor'):
        if key.get('use') not in (None, 'signing'):
            continue
        body = re.sub(r'\s', '', key.find(f'.//{DS}X509Certificate').text)
        file = metadata.with_suffix(f'.{len(files)}.crt')
        lines = [body[i:i + 64] for i in range(0, len(body), 64)]
        file.write_text('\n'.join(['-----BEGIN CERTIFICATE-----', *lines, '-----END CERTIFICATE-----', '']), encoding='ascii')
        files.append(file)
    return files


def verifies(xml, part, metadata):
    """True where a key of the metadata verifies the signature that is a child of the part."""
    return any(xmlsec1('--verify', '--id-attr:ID', f'{PROTOCOL}:Response', '--id-attr:ID', f'{ASSERTION}:Assertion', '--enabled-key-data', 'rsa',
                       '--pubkey-cert-pem', certificate, '--node-xpath', f"//*[local-name()='{part}']/*[local-name()='Signature']",
                       xml).returncode == 0 for certificate in certificates(metadata))


def signed_parts(xml):
    root = ET.parse(xml).getroot()
    parts = {f'{{{PROTOCOL}}}Response': 'Response', f'{{{ASSERTION}}}Assertion': 'Assertion'}
    return {parts[element.tag] for element in root.iter() if element.tag in parts and element.find(f'{DS}Signature') is not None}


class Shapes(unittest.TestCase):
    def test_signatures_are_where_the_name_says_and_hold(self):
        for name, _, _, xml, metadata in cases():
            with self.subTest(name):
                expected = SIGNED[name.split('-')[1]]
                self.assertEqual(signed_parts(xml), expected)
                for part in expected:
                    self.assertEqual(verifies(xml, part, metadata), name != 'keycloak-rotated-unknown')

    def test_both_providers_are_there(self):
        self.assertEqual({provider for _, provider, _, _, _ in cases()}, {'simplesamlphp', 'keycloak'})

    def test_a_changed_digit_breaks_every_signature(self):
        for name in ['simplesamlphp-both', 'keycloak-both']:
            xml = FOLDER / f'{name}.xml'
            text = xml.read_text(encoding='utf-8')
            self.assertIn('4711', text)
            changed = FOLDER / f'{name}-changed.xml'
            changed.write_text(text.replace('4711', '4712'), encoding='utf-8')
            for part in ['Response', 'Assertion']:
                self.assertFalse(verifies(changed, part, FOLDER / f'{name}-metadata.xml'), f'{name} {part}')

    def test_the_encrypted_assertion_opens_and_is_signed_inside(self):
        name, opened = 'simplesamlphp-encrypted', FOLDER / 'simplesamlphp-encrypted-opened.xml'
        result = xmlsec1('--decrypt', '--privkey-pem', FOLDER / f'{name}-sp.key', '--node-xpath', "//*[local-name()='EncryptedData']",
                         '--output', opened, FOLDER / f'{name}.xml')
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertTrue(verifies(opened, 'Assertion', FOLDER / f'{name}-metadata.xml'))

    def test_encrypted_responses_show_no_assertion(self):
        for name in ['simplesamlphp-encrypted', 'keycloak-encrypted']:
            root = ET.parse(FOLDER / f'{name}.xml').getroot()
            self.assertIsNone(root.find(f'{{{ASSERTION}}}Assertion'))
            self.assertIsNotNone(root.find(f'{{{ASSERTION}}}EncryptedAssertion'))

    def test_metadata_after_a_rotation_holds_both_keys(self):
        self.assertEqual(len(certificates(FOLDER / 'keycloak-both-metadata.xml')), 1)
        self.assertEqual(len(certificates(FOLDER / 'keycloak-rotated-metadata.xml')), 2)


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    FOLDER = pathlib.Path(sys.argv.pop(1))
    unittest.main()
