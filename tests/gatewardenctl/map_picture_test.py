#!/usr/bin/env python3
"""Runs the real gatewardenctl map picture and map prove --escalations. map_picture_test.py GATEWARDENCTL SOURCE_DIR"""
import json
import os
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as tree

CTL, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
MAP = os.path.join(SOURCE, 'resources/practice/map.toml')
ESTATE = os.path.join(SOURCE, 'resources/practice/estate')
AT = ('--at', '2026-11-30T12:00:00Z')
OPS, DEV = 'arn:aws:iam::111122223333:role/ops', 'arn:aws:iam::111122223333:role/dev'


def run(*words):
    done = subprocess.run([CTL, 'map', *words, *AT], capture_output=True, timeout=120, check=False, env={**os.environ, 'DISPLAY': '', 'QT_QPA_PLATFORM': ''})
    return done.returncode, done.stdout, done.stderr.decode()


class Picture(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def drawn(self, name, *more):
        code, _, err = run('picture', MAP, '--estate', ESTATE, '-o', self.path(name), *more)
        self.assertEqual((code, err), (0, ''))
        with open(self.path(name), 'rb') as file:
            return file.read()

    def test_svg_has_what_the_map_has(self):
        svg = self.drawn('map.svg')
        root = tree.fromstring(svg)
        texts = [each.text for each in root.iter('{http://www.w3.org/2000/svg}text')]
        for expected in ('Payments-Ops', '41 people', 'payments-operator', 'GET, POST /payments', 'refunds-internal', 'ledger-export', 'nwr-prod-payments', 'E2', 'denied'):
            self.assertIn(expected, texts)
        self.assertEqual(self.drawn('again.svg'), svg)
        self.assertNotEqual(self.drawn('dark.svg', '--dark'), svg)
        code, out, _ = run('picture', MAP, '--estate', ESTATE, '-o', '-')
        self.assertEqual((code, out), (0, svg))

    def test_png_and_pdf(self):
        png = self.drawn('map.png')
        self.assertEqual(png[:8], b'\x89PNG\r\n\x1a\n')
        width, height = struct.unpack('>II', png[16:24])
        self.assertGreater(width, 1000)
        self.assertGreater(height, 500)
        pdf = self.drawn('map.pdf')
        self.assertTrue(pdf.startswith(b'%PDF-'))
        self.assertGreater(len(pdf), 5000)

    def test_what_cannot_be_written(self):
        self.assertEqual(run('picture', MAP, '-o', self.path('map.gif'))[0], 2)
        self.assertEqual(run('picture', MAP)[0], 2)
        code, _, err = run('picture', MAP, '--estate', ESTATE, '-o', self.path('none/map.svg'))
        self.assertEqual(code, 2)
        self.assertIn('cannot be written', err)

    def estate(self, actions):
        trust = {'Version': '2012-10-17', 'Statement': {'Effect': 'Allow', 'Principal': {'Service': ['ecs-tasks.amazonaws.com', 'ec2.amazonaws.com']}, 'Action': 'sts:AssumeRole'}}

        def role(arn, action, resource):
            policy = {'Version': '2012-10-17', 'Statement': {'Effect': 'Allow', 'Action': action, 'Resource': resource}}
            name = arn.split('/')[-1]
            return {'Path': '/', 'RoleName': name, 'RoleId': 'AROA' + name.upper(), 'Arn': arn, 'AssumeRolePolicyDocument': trust,
                    'RolePolicyList': [{'PolicyName': 'own', 'PolicyDocument': policy}], 'AttachedManagedPolicies': [], 'Tags': []}
        document = {'UserDetailList': [], 'GroupDetailList': [], 'Policies': [],
                    'RoleDetailList': [role(DEV, actions, '*'), role(OPS, 's3:GetObject', 'arn:aws:s3:::ledger/*')]}
        with open(self.path('get-account-authorization-details.json'), 'w', encoding='utf-8') as file:
            json.dump(document, file)
        with open(self.path('map.toml'), 'w', encoding='utf-8') as file:
            file.write(f'version = 1\n[[edge]]\nid = "E1"\nwho = "role:{OPS}"\nmay = "s3:GetObject"\non = "arn:aws:s3:::ledger/*"\n'
                       f'[[edge]]\nid = "E2"\neffect = "deny"\nwho = "role:{DEV}"\nmay = "s3:GetObject"\non = "arn:aws:s3:::ledger/*"\n')
        return self.path('map.toml'), self.path('get-account-authorization-details.json')

    def test_escalations_are_drawn_proved_and_told(self):
        path, estate = self.estate(['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'])
        _, out, _ = run('picture', path, '--estate', estate, '-o', '-')
        self.assertIn(b'PassRole + RegisterTaskDefinition + RunTask', out)
        code, out, _ = run('prove', path, '--estate', estate, '--escalations', '--format', 'json')
        self.assertEqual(code, 1)
        found = json.loads(out.splitlines()[-1])['escalations']
        self.assertIn({'from': DEV, 'way': 'iam:PassRole + ecs:RegisterTaskDefinition + ecs:RunTask', 'to': OPS, 'through': None, 'gains': ['E1'], 'around': ['E2']}, found)
        code, out, _ = run('why', path, '--estate', estate, '--who', 'dev', '--may', 's3:GetObject', '--on', 'arn:aws:s3:::ledger/*')
        self.assertEqual(code, 1)
        self.assertIn(f'{DEV} can act as {OPS} by iam:PassRole'.encode(), out)

    def test_without_them_the_map_is_proved(self):
        path, estate = self.estate(['s3:ListBucket'])
        code, out, _ = run('prove', path, '--estate', estate, '--escalations', '--format', 'json')
        self.assertEqual((code, json.loads(out.splitlines()[-1])), (0, {'escalations': []}))
        self.assertEqual(run('prove', path, '--escalations')[0], 2)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
