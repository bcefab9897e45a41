#!/usr/bin/env python3
"""Debian's AWS CLI as the reader of what the console writes: profiles in the shared config file, credential_process answers,
environment lines. It must end up signing with exactly the keys of the session.

aws_cli_test.py OUTPUT_WRITER
"""
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import unittest

from strict_sts import ARN, Sts

AWS = '/usr/bin/aws'
WRITER = ''
KEYS = ('ASIAQEXAMPLEEXAMPLE1', "secret/with+signs=and'quote", 'token/' + 'x+/=' * 200)
# What people have in there: comments, nested values, quoted names, a line that ends in blanks.
CONFIG = """# my own settings
[default]
region = us-west-2
s3 =
    max_concurrent_requests = 20

[profile "with blank"]
region=ap-southeast-2
output = text

[sso-session corp]
sso_region = eu-west-1
"""


class AwsCli(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.home = pathlib.Path(held.name)
        self.config, self.credentials = self.home / 'config', self.home / 'credentials'
        self.config.write_text(CONFIG, encoding='utf-8')
        self.config.chmod(0o600)
        self.sts = Sts(*KEYS)
        self.addCleanup(self.sts.server_close)
        self.addCleanup(self.sts.shutdown)
        # A blank and a quote in its path: the line must survive the CLI's own splitting.
        self.helper = self.home / "it's a helper" / 'gatewarden-credentials'
        self.helper.parent.mkdir()
        self.helper.write_text(f'#!/bin/sh\necho "$@" >>{shlex.quote(str(self.home))}/asked\n'
                               f'exec {shlex.join([WRITER, "credential-process", *KEYS])}\n', encoding='utf-8')
        self.helper.chmod(0o700)

    def run_aws(self, *arguments, **environment):
        return subprocess.run([AWS, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60,
                              check=False, env={'PATH': '/usr/bin:/bin', 'HOME': str(self.home), 'LANG': 'C.UTF-8', 'AWS_CONFIG_FILE': str(self.config),
                                                'AWS_SHARED_CREDENTIALS_FILE': str(self.credentials), 'AWS_EC2_METADATA_DISABLED': 'true',
                                                'NO_PROXY': '127.0.0.1', **environment})

    def identity(self, *arguments, **environment):
        result = self.run_aws('sts', 'get-caller-identity', '--output', 'json', '--endpoint-url', self.sts.url, *arguments, **environment)
        self.assertEqual(result.returncode, 0, result.stdout)
        return json.loads(result.stdout)['Arn']

    def write_profile(self, name, region='eu-central-1'):
        subprocess.run([WRITER, 'profile', self.config, self.credentials, name, self.helper, region], check=True, timeout=30)

    def test_a_written_profile_signs_with_the_sessions_keys(self):
        for name in ['payments-prod', 'default', 'team/role@corp.example']:
            with self.subTest(name):
                if name == 'default':
                    self.config.write_text('# nothing yet\n', encoding='utf-8')
                self.write_profile(name)
                self.assertEqual(self.identity('--profile', name), ARN)
                self.assertEqual(self.sts.regions[-1], 'eu-central-1')
                asked = (self.home / 'asked').read_text(encoding='utf-8').splitlines()[-1]
                self.assertIn(f'--profile {name}', asked)

    def test_the_cli_names_our_helper_as_the_source(self):
        self.write_profile('payments-prod')
        listed = self.run_aws('configure', 'list', '--profile', 'payments-prod').stdout
        self.assertRegex(listed, r'access_key\s+\*+PLE1\s+custom-process')
        self.assertRegex(listed, r'region\s+eu-central-1\s+config-file')

    def test_other_profiles_read_as_before(self):
        self.write_profile('payments-prod')
        self.write_profile('payments-stage', 'eu-west-3')
        text = self.config.read_text(encoding='utf-8')
        self.assertTrue(text.startswith(CONFIG))
        for profile, key, value in [('default', 'region', 'us-west-2'), ('default', 's3.max_concurrent_requests', '20'),
                                    ('with blank', 'region', 'ap-southeast-2'), ('with blank', 'output', 'text'), ('payments-stage', 'region', 'eu-west-3')]:
            self.assertEqual(self.run_aws('configure', 'get', key, '--profile', profile).stdout.strip(), value)
        self.assertEqual(self.run_aws('configure', 'list-profiles').stdout.split('\n')[:-1],
                         ['default', 'with blank', 'payments-prod', 'payments-stage'])

    def test_the_file_is_for_its_owner_only(self):
        self.config.unlink()
        self.write_profile('payments-prod')
        self.assertEqual(os.stat(self.config).st_mode & 0o777, 0o600)
        self.assertEqual(self.identity('--profile', 'payments-prod'), ARN)

    def test_environment_lines_for_posix_shells(self):
        lines = subprocess.run([WRITER, 'environment', 'bash', *KEYS], stdout=subprocess.PIPE, text=True, check=True, timeout=30).stdout
        for shell in ['bash', 'sh']:
            shown = subprocess.run([shell, '-c', f'{lines}\nenv -0'], stdout=subprocess.PIPE, text=True, check=True, timeout=30,
                                   env={'PATH': '/usr/bin:/bin'}).stdout
            environment = {k: v for k, _, v in (item.partition('=') for item in shown.split('\0')) if k.startswith('AWS_')}
            self.assertEqual(self.identity(**environment), ARN)

    def test_wrong_keys_are_noticed(self):
        """The judge of the tests above can say no."""
        environment = {'AWS_ACCESS_KEY_ID': KEYS[0], 'AWS_SECRET_ACCESS_KEY': KEYS[1] + 'x', 'AWS_SESSION_TOKEN': KEYS[2], 'AWS_REGION': 'eu-central-1'}
        result = self.run_aws('sts', 'get-caller-identity', '--endpoint-url', self.sts.url, **environment)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn('SignatureDoesNotMatch', result.stdout)


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    WRITER = sys.argv.pop(1)
    unittest.main()
