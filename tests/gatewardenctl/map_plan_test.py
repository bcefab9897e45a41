#!/usr/bin/env python3
"""Runs the real gatewardenctl map plan. map_plan_test.py GATEWARDENCTL SOURCE_DIR"""
import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest

CTL, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
AT = ('--at', '2026-11-30T12:00:00Z')
PLACE = tempfile.TemporaryDirectory()
ROLE = 'arn:aws:iam::111122223333:role/refund-desk'
READS = {'Sid': 'gwE1', 'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': ['arn:aws:s3:::refunds/*']}
MAP = f'''version = 1
[[edge]]
id = "E1"
who = "role:{ROLE}"
may = "s3:GetObject"
on = "arn:aws:s3:::refunds/*"
'''


def tearDownModule():  # pylint: disable=invalid-name
    PLACE.cleanup()


def run(*words):
    done = subprocess.run([CTL, *words], capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def folder():
    return tempfile.mkdtemp(dir=PLACE.name)


def written(text, name='map.toml'):
    path = os.path.join(folder(), name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def estate(*policies, members=('alice', 'bob')):
    """An account with one role, and a directory whose group Desk has it."""
    role = {'Arn': ROLE, 'RoleName': 'refund-desk', 'RoleId': 'AROAEXAMPLE', 'Path': '/', 'CreateDate': '2026-01-01T00:00:00Z',
            'AssumeRolePolicyDocument': {'Version': '2012-10-17', 'Statement': [{
                'Effect': 'Allow', 'Principal': {'Federated': 'arn:aws:iam::111122223333:saml-provider/Okta'},
                'Action': 'sts:AssumeRoleWithSAML', 'Condition': {'StringEquals': {'SAML:aud': 'https://signin.aws.amazon.com/saml'}}}]},
            'InstanceProfileList': [], 'AttachedManagedPolicies': [],
            'RolePolicyList': [{'PolicyName': name, 'PolicyDocument': {'Version': '2012-10-17', 'Statement': list(statements)}}
                               for name, statements in policies]}
    place = folder()
    with open(os.path.join(place, 'get-account-authorization-details.json'), 'w', encoding='utf-8') as file:
        json.dump({'UserDetailList': [], 'GroupDetailList': [], 'RoleDetailList': [role], 'Policies': []}, file)
    with open(os.path.join(place, 'assignments.csv'), 'w', encoding='utf-8') as file:
        file.write(f'group,role,provider\nDesk,{ROLE},arn:aws:iam::111122223333:saml-provider/Okta\n')
    users = [{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User'], 'id': name, 'userName': name} for name in members]
    group = {'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Group'], 'id': 'g', 'displayName': 'Desk',
             'members': [{'value': name} for name in members]}
    with open(os.path.join(place, 'users.json'), 'w', encoding='utf-8') as file:
        json.dump({'schemas': ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], 'totalResults': len(users) + 1, 'Resources': users + [group]}, file)
    return place


def plan(text, place, *more):
    code, out, err = run('map', 'plan', written(text), '--estate', place, *AT, '--format', 'json', *more)
    return code, [json.loads(line) for line in out.splitlines()], err


class Plan(unittest.TestCase):
    def test_nothing_would_change(self):
        # As somebody else would write the same.
        other = {'Resource': 'arn:aws:s3:::refunds/*', 'Action': ['s3:getobject'], 'Effect': 'Allow', 'Sid': 'gwE1'}
        for statement in (READS, other):
            code, (last,), err = plan(MAP, estate(('anything', [statement])))
            self.assertEqual((code, err), (0, ''))
            self.assertEqual(last['summary']['steps'], 0)
        self.assertEqual(run('map', 'plan', written(MAP), '--estate', estate(('anything', [READS])), *AT)[1], 'Nothing would change.\n')

    def test_a_step_and_its_people(self):
        code, (step, *rest, last), _ = plan(MAP, estate())
        self.assertEqual(code, 3)
        self.assertEqual({key: step[key] for key in ('step', 'change', 'kind', 'object', 'name', 'edges', 'calls', 'quota', 'before')},
                         {'step': 1, 'change': 'create', 'kind': 'inline-policy', 'object': ROLE, 'name': 'gatewarden', 'edges': ['E1'],
                          'calls': ['iam:PutRolePolicy'], 'quota': 10240, 'before': None})
        self.assertEqual(json.loads(step['after'])['Statement'][0]['Sid'], 'gwE1')
        gained = [each['gained'] for each in rest if 'gained' in each]
        self.assertEqual([(each['principal'], each['action'], each['groups'], each['people']) for each in gained], [(ROLE, 's3:GetObject', ['Desk'], 2)])
        self.assertEqual((last['summary']['people_gaining'], last['summary']['people_losing']), (2, None))
        code, out, _ = run('map', 'plan', written(MAP), '--estate', estate(), *AT)
        self.assertEqual(code, 3)
        self.assertIn('Desk, +2', out)
        self.assertIn('2 people gain access', out)

    def test_what_others_wrote_stays_and_what_the_map_took_back_goes(self):
        place = estate(('desk', [{'Sid': 'Hand', 'Effect': 'Allow', 'Action': 'sqs:SendMessage', 'Resource': '*'}, READS,
                                 {'Sid': 'gwE2', 'Effect': 'Allow', 'Action': 's3:PutObject', 'Resource': '*'}]))
        code, (step, *rest), _ = plan(MAP, place)
        self.assertEqual((code, step['change'], step['name'], step['foreign']), (3, 'replace', 'desk', 1))
        self.assertEqual([each['Sid'] for each in json.loads(step['after'])['Statement']], ['Hand', 'gwE1'])
        self.assertEqual([each['lost']['action'] for each in rest if 'lost' in each], ['s3:PutObject'])
        self.assertEqual(rest[-1]['summary']['people_losing'], 2)

    def test_a_plan_is_kept_for_its_owner_only(self):
        path = os.path.join(folder(), 'plan.json')
        code, _, err = plan(MAP, estate(), '--save', path)
        self.assertEqual((code, err), (3, ''))
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        with open(path, encoding='utf-8') as file:
            saved = json.load(file)
        self.assertEqual((saved['format'], saved['version'], saved['made']), ('gatewarden-plan', 1, '2026-11-30T12:00:00Z'))
        self.assertEqual(len(saved['map']['digest']), 64)
        self.assertEqual([(each['kind'], each['before'], len(each['seen'])) for each in saved['steps']], [('inline-policy', None, 64)])
        self.assertEqual(plan(MAP, estate(), '--save', os.path.join(folder(), 'no', 'such', 'plan.json'))[0], 2)

    def test_nothing_is_planned_while_something_is_refused(self):
        code, lines, err = plan(MAP + 'when = { header.X-A = "1" }\n', estate(('anything', [READS])))
        self.assertEqual((code, lines), (1, []))
        self.assertIn('header', err)

    def test_wrong_usage(self):
        code, out, err = run('map', 'plan', written(MAP), *AT)
        self.assertEqual((code, out), (2, ''))
        self.assertIn('--estate', err)
        self.assertEqual(run('map', 'plan', os.path.join(PLACE.name, 'none.toml'), '--estate', estate(), *AT)[0], 2)

    def test_left_over_edges(self):
        place = estate(('gatewarden', [READS]))
        empty = 'version = 1\n'
        code, (left, last), _ = plan(empty, place)
        self.assertEqual((code, left['leftover']['edges'], last['summary']['leftovers']), (0, ['E1'], 1))
        code, (step, *_), _ = plan(empty, place, '--remove-leftovers')
        self.assertEqual((code, step['change'], step['calls']), (3, 'remove', ['iam:DeleteRolePolicy']))

    def test_the_practice_company(self):
        code, lines, err = run('map', 'plan', os.path.join(SOURCE, 'resources/practice/map.toml'), '--estate',
                               os.path.join(SOURCE, 'resources/practice/estate'), *AT)
        self.assertEqual((code, err), (3, ''))
        self.assertIn('payments-readonly', lines)
        self.assertIn('the estate does not tell what it holds now', lines)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1], verbosity=2)
