#!/usr/bin/env python3
"""Runs the real gatewardenctl: estate show and estate import, over the practice organisation. estate_test.py GATEWARDENCTL SOURCE_DIR"""
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import unittest

CTL, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
ESTATE = os.path.join(SOURCE, 'resources/practice/estate')


def run(*words):
    done = subprocess.run([CTL, *words], capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def rows(*words):
    code, out, err = run('estate', 'show', *words, '--format', 'json')
    return code, [json.loads(line) for line in out.splitlines()], err


def opened(pid, ending):
    folder = f'/proc/{pid}/fd'
    try:
        return any(os.readlink(os.path.join(folder, each)).endswith(ending) for each in os.listdir(folder))
    except OSError:
        return False


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, value):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), 'w') as file:
            file.write(value if isinstance(value, str) else json.dumps(value, indent=4))
        return self.path(name)


class Show(Folder):
    def test_the_practice_organisation_has_the_members_of_the_contract(self):
        code, all_rows, err = rows(ESTATE)
        self.assertEqual((code, err), (0, ''))
        for row in all_rows:
            self.assertLessEqual({'kind', 'arn', 'name', 'account', 'region', 'source'}, set(row))
        kinds = {row['kind'] for row in all_rows}
        self.assertLessEqual({'account', 'provider', 'role', 'policy', 'scp', 'api', 'route', 'function'}, kinds)
        role = next(row for row in all_rows if row['kind'] == 'role' and row['arn'].endswith('role/support/ledger-support'))
        self.assertEqual((role['name'], role['account'], role['region']), ('ledger-support', '111122223333', None))
        self.assertTrue(role['trust']['Statement'])
        with open(role['source']['file']) as file:
            found = json.load(file)
        for token in role['source']['pointer'].split('/')[1:]:
            found = found[int(token) if token.isdigit() else token]
        self.assertEqual(found['Arn'], role['arn'])
        arns = [row['arn'] for row in all_rows if row['arn']]
        self.assertEqual(len(arns), len(set(arns)), 'the same ARN seen twice is one row')

    def test_one_kind(self):
        code, found, _ = rows(ESTATE, '--kind', 'route')
        self.assertEqual((code, {row['kind'] for row in found}), (0, {'route'}))
        refund = next(row for row in found if row['method'] == 'POST' and row['path'] == '/refunds')
        self.assertEqual(refund['arn'], 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/refunds')
        code, out, _ = run('estate', 'show', ESTATE, '--kind', 'route')
        self.assertIn('POST /refunds', out)
        self.assertEqual(run('estate', 'show', ESTATE, '--kind', 'nothing')[0], 2)

    def test_a_broken_file_is_told_and_the_rest_shown(self):
        self.write('list-roles.json', {'Roles': [{'RoleName': 'a', 'Arn': 'arn:aws:iam::111122223333:role/a'}]})
        self.write('bad.json', '{"Roles": [\n  {"RoleName":')
        code, found, err = rows(self.folder.name, '--kind', 'role')
        self.assertEqual((code, [row['name'] for row in found], found[0]['trust']), (2, ['a'], None))
        self.assertIn('bad.json:2:', err)
        self.assertEqual(run('estate', 'show', self.path('missing'))[0], 2)

    def test_what_nothing_tells_is_said(self):
        self.write('get-rest-apis.json', {'items': [{'id': 'a1', 'name': 'payments'}]})
        code, found, err = rows(self.folder.name)
        self.assertEqual((code, found[0]['account'], found[0]['region']), (0, None, None))
        self.assertIn('nothing tells the account', err)


class Import(Folder):
    def test_a_saved_estate_shows_the_same(self):
        saved = self.path('org.estate')
        code, out, err = run('estate', 'import', ESTATE, '-o', saved)
        self.assertEqual((code, out), (0, ''), err)
        self.assertEqual(stat.S_IMODE(os.stat(saved).st_mode), 0o600)
        self.assertEqual(rows(saved), rows(ESTATE))
        again = self.path('again.estate')
        self.assertEqual(run('estate', 'import', saved, '--output', again)[0], 0)
        with open(saved) as one, open(again) as two:
            self.assertEqual(one.read(), two.read())
        self.assertEqual(sorted(os.listdir(self.folder.name)), ['again.estate', 'org.estate'])

    def test_one_changed_role_is_a_change_of_its_lines_only(self):
        def saved(name, duration):
            roles = [{'RoleName': f'r{i}', 'Arn': f'arn:aws:iam::111122223333:role/r{i}', 'MaxSessionDuration': 3600} for i in range(9)]
            roles[4]['MaxSessionDuration'] = duration
            self.write('in/list-roles.json', json.dumps({'Roles': roles}))
            os.utime(self.path('in/list-roles.json'), (1, 1))
            self.assertEqual(run('estate', 'import', self.path('in'), '-o', self.path(name))[0], 0)
            with open(self.path(name)) as file:
                return file.read().splitlines()
        before, after = saved('one', 3600), saved('two', 7200)
        self.assertEqual([a for a, b in zip(before, after) if a != b], [line for line in before if '"name":"r4"' in line])

    def test_a_saved_estate_that_lost_its_end_is_told(self):
        saved = self.path('saved.estate')
        self.assertEqual(run('estate', 'import', ESTATE, '-o', saved)[0], 0)
        with open(saved, encoding='utf-8') as file:
            lines = file.readlines()
        for keep in (1, 2, len(lines) // 2, len(lines) - 1):
            with open(saved, 'w', encoding='utf-8') as file:
                file.writelines(lines[:keep])
            code, _, err = run('estate', 'show', saved)
            self.assertEqual(code, 2, keep)
            self.assertIn('%d lines' % (len(lines) - 1), err)

    def test_usage(self):
        self.assertEqual(run('estate', 'import', ESTATE)[0], 2)
        self.assertEqual(run('estate', 'import', ESTATE, '-o', self.path('no/such/folder'))[0], 2)

    def test_of_two_files_that_differ_the_newer_counts_and_that_is_told(self):
        role = {'RoleName': 'a', 'Arn': 'arn:aws:iam::111122223333:role/a', 'RolePolicyList': [], 'AttachedManagedPolicies': []}
        for name, effect, time in (('old.json', 'Allow', 1000), ('new.json', 'Deny', 2000)):
            trust = {'Statement': [{'Effect': effect, 'Principal': '*', 'Action': 'sts:AssumeRole'}]}
            os.utime(self.write(name, {'RoleDetailList': [dict(role, AssumeRolePolicyDocument=trust)]}), (time, time))
        code, found, err = rows(self.folder.name, '--kind', 'role')
        self.assertEqual((code, len(found), found[0]['trust']['Statement'][0]['Effect']), (0, 1, 'Deny'))
        self.assertIn('old.json', err)
        saved = self.path('saved')
        self.assertIn('old.json', run('estate', 'import', self.path('old.json'), self.path('new.json'), '-o', saved)[2])
        self.assertIn('old.json', rows(saved)[2], 'a saved estate still tells what was wrong')

    def test_documents_are_shown_without_the_blanks_of_their_files(self):
        trust = {'Version': '2012-10-17', 'Statement': [{'Sid': 'with  "two\\\\" : blanks', 'Effect': 'Allow', 'Principal': '*', 'Action': 'sts:AssumeRole'}]}
        path = self.write('list-roles.json', {'Roles': [{'RoleName': 'a', 'Arn': 'arn:aws:iam::111122223333:role/a', 'AssumeRolePolicyDocument': trust}]})
        with open(path, encoding='utf-8') as file:
            content = json.load(file)
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(content, file, indent='\t')
        done = subprocess.run([CTL, 'estate', 'show', '--format', 'json', path], capture_output=True, text=True, timeout=60)
        self.assertIn('"trust":' + json.dumps(trust, separators=(',', ':')), done.stdout)

    def test_where_a_template_lies_is_null_where_nothing_tells(self):
        with open(self.path('a.yaml'), 'w', encoding='utf-8') as file:
            file.write('AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  R: {Type: AWS::IAM::Role, Properties: {RoleName: r, AssumeRolePolicyDocument: {}}}\n'
                       '  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}\n  B: {Type: AWS::S3::Bucket, Properties: {BucketName: b}}\n')
        _, found, _ = rows(self.path('a.yaml'))
        self.assertEqual({row['name']: (row['arn'], row['account'], row['region']) for row in found if row['kind'] != 'scp'},
                         {'r': (None, None, None), 'q': (None, None, None), 'b': ('arn:aws:s3:::b', None, None)})
        with open(self.path('mesh.yaml'), 'w', encoding='utf-8') as file:
            file.write('apiVersion: appmesh.k8s.aws/v1beta2\nkind: Mesh\nmetadata: {name: m}\nspec: {}\n')
        _, found, _ = rows(self.path('mesh.yaml'))
        self.assertEqual([(row['name'], row['arn'], row['account'], row['region']) for row in found if row['kind'] == 'mesh'], [('m', None, None, None)])

    def test_being_broken_off_leaves_nothing(self):
        roles = ',\n'.join(json.dumps({'RoleName': f'r{i}', 'Arn': f'arn:aws:iam::111122223333:role/r{i}', 'Description': 'x' * 500}) for i in range(20000))
        for i in range(12):
            self.write(f'in/{i}.json', '{"Roles": [' + roles + ']}')
        process = subprocess.Popen([CTL, 'estate', 'import', self.path('in'), '-o', self.path('out')], stderr=subprocess.PIPE)
        # Once it has one of its files open, its answer to the signal is set up.
        while process.poll() is None and not opened(process.pid, '.json'):
            pass
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=60)[1].decode()
        self.assertEqual(process.returncode, 2, err)
        self.assertEqual(os.listdir(self.folder.name), ['in'])



class Live(Folder):
    """What needs no AWS; tests/interop/live_read_test.py reads one."""

    def run_live(self, *words, **more):
        surroundings = {'PATH': '/usr/bin:/bin', 'HOME': self.folder.name, **more}
        done = subprocess.run([CTL, 'estate', 'import', *words], capture_output=True, timeout=60, env=surroundings)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_the_policy_can_be_had_without_reading(self):
        code, out, err = self.run_live('--show-policy')
        self.assertEqual((code, err), (0, ''))
        policy = json.loads(out)
        self.assertIn('iam:GetAccountAuthorizationDetails', policy['Statement'][0]['Action'])
        code, out, _ = run('iam', 'lint', self.write('policy.json', out), '--type', 'identity', '--fail-on', 'critical')
        self.assertEqual(code, 0, out)

    def test_wrong_use_is_told(self):
        live = ['--live', '-o', self.path('e')]
        for words, more, told in ((['-o', self.path('e')], {}, 'nothing to import'), (live, {}, '--live needs --region'),
                                  ([*live, '--region', 'Europe'], {}, 'no region is called Europe'),
                                  ([*live, '--max-age', 'soon'], {'AWS_REGION': 'eu-west-1'}, '--max-age is a time'),
                                  (live, {'AWS_REGION': 'eu-west-1'}, 'name a session by --profile'),
                                  ([*live, '--profile', 'dev'], {'AWS_REGION': 'eu-west-1'}, 'not read: dev sts'),
                                  (['--live'], {'AWS_REGION': 'eu-west-1'}, '-o names the file')):
            code, out, err = self.run_live(*words, **more)
            self.assertEqual((code, out), (2, ''), words)
            self.assertIn(told, err)
        self.assertFalse(os.path.exists(self.path('e')))

    def test_an_endpoint_that_is_not_there_is_told(self):
        code, _, err = self.run_live('--live', '--region', 'eu-west-1', '-o', self.path('e'), AWS_ACCESS_KEY_ID='a', AWS_SECRET_ACCESS_KEY='b',
                                     AWS_ENDPOINT_URL='http://127.0.0.1:9')
        self.assertEqual(code, 2)
        self.assertIn('AWS could not be reached', err)


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0]])
