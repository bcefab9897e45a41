#!/usr/bin/env python3
"""Runs the real gatewardenctl: reach, drift, estate unused, estate calendar. reach_test.py GATEWARDENCTL SOURCE_DIR"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

CTL, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
ESTATE = os.path.join(SOURCE, 'resources/practice/estate')
ACCOUNT = '111111111111'
API = f'arn:aws:execute-api:eu-west-1:{ACCOUNT}:a1b2c3d4e5/prod/'


PLACE = tempfile.TemporaryDirectory()


def tearDownModule():  # pylint: disable=invalid-name
    PLACE.cleanup()


def run(*words):
    done = subprocess.run([CTL, *words], capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def lines(*words):
    code, out, err = run(*words, '--format', 'json')
    rows = [json.loads(line) for line in out.splitlines()]
    return code, rows[:-1], rows[-1]['summary'] if rows else None, err


def policy(*statements):
    return {'Version': '2012-10-17', 'Statement': list(statements)}


def allow(action, resource='*', **more):
    return {'Effect': 'Allow', 'Action': action, 'Resource': resource, **more}


def trust(principal, action, **more):
    return policy({'Effect': 'Allow', 'Principal': principal, 'Action': action, **more})


def role(name, trusting, *statements, **more):
    return {'RoleName': name, 'Arn': f'arn:aws:iam::{ACCOUNT}:role/{name}', 'Path': '/', 'RoleId': 'AROA' + name, 'CreateDate': '2025-01-01T00:00:00+00:00',
            'AssumeRolePolicyDocument': trusting, 'RolePolicyList': [{'PolicyName': name + '-own', 'PolicyDocument': policy(*statements)}],
            'AttachedManagedPolicies': [], **more}


SAML = trust({'Federated': f'arn:aws:iam::{ACCOUNT}:saml-provider/idp'}, 'sts:AssumeRoleWithSAML',
             Condition={'StringEquals': {'SAML:aud': 'https://signin.aws.amazon.com/saml'}})


class Folder:
    """An estate of one account that is its organization's own, so that nothing is missing."""

    def __init__(self, *roles):
        self.path = tempfile.mkdtemp(dir=PLACE.name)
        os.makedirs(os.path.join(self.path, 'eu-west-1'))
        self.put('get-account-authorization-details.json', {'RoleDetailList': list(roles), 'UserDetailList': [], 'GroupDetailList': [], 'Policies': []})
        self.put('describe-organization.json', {'Organization': {'Id': 'o-test', 'MasterAccountId': ACCOUNT}})
        self.put('eu-west-1/get-rest-apis.json', {'items': [{'id': 'a1b2c3d4e5', 'name': 'refunds'}]})
        self.put('eu-west-1/get-stages-a1b2c3d4e5.json', {'item': [{'stageName': 'prod'}]})
        self.put('eu-west-1/get-resources-a1b2c3d4e5.json', {'items': [{'id': 'r1', 'path': '/refunds', 'resourceMethods': {'POST': {}}},
                                                                       {'id': 'r2', 'path': '/refunds/{id}', 'resourceMethods': {'GET': {}}}]})

    def put(self, name, content):
        # The account of an API is told by the folder above it.
        parts = name.split('/')
        folder = os.path.join(self.path, ACCOUNT, *parts[:-1])
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, parts[-1]), 'w', encoding='utf-8') as file:
            json.dump(content, file)


def chain():
    return Folder(role('support', SAML, allow('execute-api:Invoke', API + 'POST/refunds')),
                  role('deployer', SAML, allow('sts:AssumeRole', f'arn:aws:iam::{ACCOUNT}:role/release')),
                  role('release', trust({'AWS': f'arn:aws:iam::{ACCOUNT}:role/deployer'}, 'sts:AssumeRole'), allow('execute-api:*', API + '*')),
                  role('reader', SAML, allow('s3:ListAllMyBuckets')))


class Reach(unittest.TestCase):
    def test_who_can_with_exactly_the_keys_of_the_contract(self):
        estate = chain()
        code, rows, summary, err = lines('reach', estate.path, '--action', 'execute-api:Invoke', '--resource', 'POST /refunds')
        self.assertEqual((code, err), (0, ''))
        for row in rows:
            self.assertEqual(set(row), {'principal', 'kind', 'path', 'decision', 'depends_on', 'conditions'})
            self.assertIn(row['kind'], ('role', 'user', 'group', 'federated', 'service', 'anyone'))
            self.assertIn(row['decision'], ('Allowed', 'Depends'))
            self.assertTrue(row['path'])
            for step in row['path']:
                self.assertEqual(set(step), {'step', 'id'})
                self.assertIn(step['step'], ('group', 'claim', 'provider', 'assume', 'session', 'policy'))
            for each in row['conditions']:
                self.assertEqual(set(each), {'key', 'operator', 'values'})
        self.assertEqual(set(summary), {'checked', 'allowed', 'depends', 'unknown'})
        roles = {row['principal'].rsplit('/', 1)[1]: row for row in rows if row['kind'] == 'role'}
        self.assertEqual(set(roles), {'support', 'deployer', 'release'})
        self.assertTrue(all(row['decision'] == 'Allowed' for row in roles.values()), rows)
        self.assertEqual(roles['support']['path'], [{'step': 'policy', 'id': 'support-own'}])
        self.assertEqual([step['step'] for step in roles['deployer']['path']], ['assume', 'policy'])
        self.assertEqual(summary['unknown'], [])
        self.assertEqual(summary['allowed'], len(rows))

    def test_from_narrows_and_nobody_is_one(self):
        estate = chain()
        ask = ('reach', estate.path, '--action', 'execute-api:Invoke', '--resource', API + 'POST/refunds', '--from')
        code, rows, _, _ = lines(*ask, f'role:arn:aws:iam::{ACCOUNT}:role/deployer')
        self.assertEqual((code, len(rows)), (0, 1))
        code, rows, _, _ = lines(*ask, f'role:arn:aws:iam::{ACCOUNT}:role/reader')
        self.assertEqual((code, rows), (1, []))
        code, rows, summary, _ = lines(*ask, 'group:nobody')
        self.assertEqual((code, rows), (1, []))
        self.assertIn('principal nobody', summary['unknown'])

    def test_what_can(self):
        estate = chain()
        code, rows, summary, _ = lines('reach', estate.path, '--from', f'role:arn:aws:iam::{ACCOUNT}:role/deployer', '--action', 'execute-api:Invoke')
        self.assertEqual(code, 0)
        self.assertEqual([row['resource'] for row in rows], [API + 'GET/refunds/{id}', API + 'POST/refunds'])
        self.assertEqual(set(rows[0]), {'action', 'resource', 'decision', 'depends_on', 'path'})
        self.assertEqual([step['step'] for step in rows[0]['path']], ['assume', 'policy'])
        self.assertEqual(summary['allowed'], 2)
        code, rows, _, _ = lines('reach', estate.path, '--from', f'role:arn:aws:iam::{ACCOUNT}:role/reader')
        self.assertEqual((code, [(row['action'], row['resource']) for row in rows]), (0, [('s3:ListAllMyBuckets', '*')]))

    def test_what_the_estate_does_not_list_is_told_as_policies_write_it(self):
        estate = Folder(role('people', SAML, allow('s3:GetObject', 'arn:aws:s3:::reports/*')), role('admin', SAML, allow('*')))
        code, rows, summary, _ = lines('reach', estate.path, '--from', f'role:arn:aws:iam::{ACCOUNT}:role/people')
        self.assertEqual((code, [(row['action'], row['resource']) for row in rows]), (0, [('s3:GetObject', 'arn:aws:s3:::reports/*')]))
        self.assertIn('resource_policy arn:aws:s3:::reports/*', summary['unknown'])
        # Keys of the request only: what is unknown stands in the summary.
        self.assertEqual((rows[0]['decision'], rows[0]['depends_on']), ('Depends', []))
        code, rows, _, err = lines('reach', estate.path, '--from', f'role:arn:aws:iam::{ACCOUNT}:role/admin', '--action', 'ec2:RunInstances')
        self.assertEqual((code, err, [row['resource'] for row in rows]), (0, '', ['*']))
        _, _, summary, err = lines('reach', estate.path, '--from', f'role:arn:aws:iam::{ACCOUNT}:role/admin', '--action', 's3:PutObjekt')
        self.assertIn('s3:PutObject', err)
        self.assertIn('action s3:PutObjekt', summary['unknown'])

    def test_wrong_usage_and_malformed_input(self):
        estate = chain()
        for words in ((), ('--resource', 'POST /refunds'), ('--from', 'someone'), ('--action', 'execute-api:Invoke'),
                      ('--action', 'Invoke', '--resource', API + 'POST/refunds'), ('--action', 'execute-api:Invoke', '--resource', 'POST /nothing')):
            self.assertEqual(run('reach', estate.path, *words)[0], 2, words)
        self.assertEqual(run('reach', '/nowhere', '--from', 'group:a')[0], 2)
        with open(os.path.join(estate.path, 'broken.json'), 'w', encoding='utf-8') as file:
            file.write('{"RoleDetailList": [')
        code, rows, _, err = lines('reach', estate.path, '--action', 'execute-api:Invoke', '--resource', 'POST /refunds')
        self.assertEqual(code, 2)
        self.assertTrue(rows)
        self.assertIn('broken.json', err)

    def test_the_practice_organisation_in_text(self):
        code, out, _ = run('reach', ESTATE, '--action', 'execute-api:Invoke', '--resource', 'POST /refunds')
        self.assertEqual(code, 0)
        self.assertIn('payments-operator', out)
        self.assertIn('were looked at', out)


class Drift(unittest.TestCase):
    def test_none_some_and_wrong_usage(self):
        before = Folder(role('support', SAML, allow('execute-api:Invoke', API + 'POST/refunds')))
        same = Folder(role('support', SAML, allow(['execute-api:Invoke'], [API + 'POST/refunds'])))
        code, rows, summary, _ = lines('drift', same.path, '--baseline', before.path)
        self.assertEqual((code, rows, summary['gained'], summary['lost']), (0, [], 0, 0))
        opened = Folder(role('support', trust({'AWS': '*'}, 'sts:AssumeRole'), allow('execute-api:Invoke', API + '*')))
        code, rows, summary, _ = lines('drift', opened.path, '--baseline', before.path)
        self.assertEqual(code, 1)
        self.assertEqual({(row['change'], row['cause']) for row in rows}, {('gained', 'permissions'), ('gained', 'trust'), ('lost', 'trust')})
        for row in rows:
            self.assertEqual(set(row), {'change', 'cause', 'principal', 'object', 'action', 'resource', 'context', 'before', 'after', 'groups', 'people', 'where'})
        self.assertEqual(set(summary), {'compared', 'changed', 'gained', 'lost', 'unknown', 'exhaustive'})
        self.assertEqual(run('drift', opened.path)[0], 2)
        self.assertEqual(run('drift', opened.path, '--baseline', '/nowhere')[0], 2)
        self.assertIn('gained', run('drift', opened.path, '--baseline', before.path)[1])

    def test_one_more_who_may_sign_in_is_gained(self):
        def estate(*subjects):
            condition = {'StringEquals': {'SAML:aud': 'https://signin.aws.amazon.com/saml', 'SAML:sub': list(subjects)}}
            return Folder(role('support', trust({'Federated': f'arn:aws:iam::{ACCOUNT}:saml-provider/idp'}, 'sts:AssumeRoleWithSAML', Condition=condition)))
        code, rows, summary, _ = lines('drift', estate('u1', 'u2', 'u3').path, '--baseline', estate('u1', 'u2').path)
        self.assertEqual((code, summary['gained'], summary['lost'], summary['exhaustive']), (1, 1, 0, True))
        self.assertEqual((rows[0]['cause'], rows[0]['context']['SAML:sub']), ('trust', ['u3']))

    def test_what_is_accepted_does_not_count_until_its_end_is_past(self):
        before = Folder(role('support', SAML, allow('execute-api:Invoke', API + 'POST/refunds')))
        opened = Folder(role('support', SAML, allow(['execute-api:Invoke', 'sqs:SendMessage'], API + '*')))
        arn = f'arn:aws:iam::{ACCOUNT}:role/support'
        words = ('drift', opened.path, '--baseline', before.path, '--at', '2026-11-30T00:00:00Z')
        code, rows, _, _ = lines(*words)
        self.assertEqual(code, 1)
        actions = {row['action'] for row in rows}
        self.assertGreater(len(rows), 0)
        with tempfile.TemporaryDirectory() as folder:
            rules = os.path.join(folder, 'rules.toml')

            def accepted(**more):
                with open(rules, 'w', encoding='utf-8') as file:
                    file.write('[[accept]]\n' + ''.join(f'{key} = {json.dumps(value)}\n' for key, value in more.items()))
                return lines(*words, '--rules', rules)
            code, rows, summary, _ = accepted(rule='drift-perm', object=arn, reason='tier 2', until='2026-12-31')
            self.assertEqual((code, summary['gained'], summary['lost'], summary['accepted']), (0, 0, 0, len(rows)))
            self.assertEqual(rows[0]['accepted'], {'reason': 'tier 2', 'until': '2026-12-31T23:59:59Z'})
            code, rows, summary, _ = accepted(rule='drift-perm', object=arn, reason='tier 2', until='2026-11-01')
            self.assertEqual((code, summary['accepted']), (1, 0))
            self.assertEqual(rows[0]['acceptance_ended']['reason'], 'tier 2')
            self.assertNotIn('accepted', rows[0])
            # Of one action alone, in one direction; another rule, and the other direction, mean something else.
            one = sorted(actions)[0]
            code, rows, summary, _ = accepted(rule='drift-perm', object=arn, change='gained', action=one, reason='tier 2', until='2026-12-31')
            self.assertEqual(summary['accepted'], sum(row['action'] == one for row in rows))
            self.assertEqual(code, 0 if actions == {one} else 1)
            for other in ({'rule': 'drift-trust'}, {'rule': 'drift-perm', 'change': 'lost'}, {'rule': 'drift-perm', 'principal': 'someone'}):
                self.assertEqual(accepted(object=arn, reason='tier 2', until='2026-12-31', **other)[2]['accepted'], 0, other)
            accepted(rule='drift-perm', object=arn, reason='tier 2', until='2026-12-31')
            self.assertIn('accepted until 2026-12-31', run(*words, '--rules', rules)[1])
            for wrong in ({'rule': 'perm-admin', 'change': 'gained'}, {'rule': 'drift-perm', 'change': 'more'}):
                with open(rules, 'w', encoding='utf-8') as file:
                    file.write('[[accept]]\n' + ''.join(f'{key} = {json.dumps(value)}\n' for key, value in {**wrong, 'reason': 'x', 'until': '2026-12-31'}.items()))
                self.assertEqual(run(*words, '--rules', rules)[0], 2, wrong)


class Unused(unittest.TestCase):
    def test_a_role_that_nobody_used(self):
        estate = Folder(role('old', SAML, allow('s3:ListAllMyBuckets'), RoleLastUsed={'LastUsedDate': '2026-01-01T00:00:00+00:00', 'Region': 'eu-west-1'}),
                        role('fresh', SAML, allow('s3:ListAllMyBuckets'), RoleLastUsed={'LastUsedDate': '2026-11-20T00:00:00+00:00', 'Region': 'eu-west-1'}))
        code, rows, summary, _ = lines('estate', 'unused', estate.path, '--at', '2026-11-30T00:00:00Z')
        self.assertEqual((code, [row['role'].rsplit('/', 1)[1] for row in rows]), (1, ['old']))
        self.assertEqual((rows[0]['stale'], rows[0]['unused_since']), (True, '2026-01-01T00:00:00Z'))
        self.assertEqual(summary['roles'], 2)
        self.assertEqual(lines('estate', 'unused', estate.path, '--role', f'arn:aws:iam::{ACCOUNT}:role/fresh', '--at', '2026-11-30T00:00:00Z')[0], 0)


def parse_ics(text):
    """Strictly: CRLF, 75 octets, nesting, and the properties that RFC 5545 3.6.1 asks for."""
    assert text.endswith(b'\r\n') and b'\n' not in text.replace(b'\r\n', b''), 'line ends'
    raw = text.split(b'\r\n')[:-1]
    assert all(len(line) <= 75 for line in raw), 'folding'
    unfolded = []
    for line in raw:
        if line.startswith((b' ', b'\t')):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    stack, events = [], []
    for line in unfolded:
        name, _, value = line.decode().partition(':')
        if name == 'BEGIN':
            stack.append((value, {}))
        elif name == 'END':
            kind, properties = stack.pop()
            assert kind == value, 'nesting'
            if kind == 'VEVENT':
                events.append(properties)
        else:
            assert name not in stack[-1][1], name + ' twice'
            stack[-1][1][name] = value
    assert not stack
    return events


class Calendar(unittest.TestCase):
    def test_icalendar_is_what_calendar_programs_read(self):
        dated = allow('s3:GetObject', Condition={'DateLessThan': {'aws:CurrentTime': '2026-12-01T18:00:00Z'}})
        estate = Folder(role('granted', SAML, dated))
        words = ('estate', 'calendar', estate.path, '--at', '2026-11-30T12:00:00Z', '--format')
        done = subprocess.run([CTL, *words, 'ics'], capture_output=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, b''))
        events = parse_ics(done.stdout)
        self.assertEqual([each['DTSTART'] for each in events], ['20261201T180000Z', '20270101T000000Z'])
        for each in events:
            self.assertTrue(each['UID'] and each['DTSTAMP'] == '20261130T120000Z' and each['SUMMARY'])
        code, out, _ = run(*words, 'json')
        self.assertEqual((code, [json.loads(line)['kind'] for line in out.splitlines()]), (0, ['grant-end', 'attestation']))
        self.assertIn('1 day', run(*words, 'text')[1])
        try:
            import icalendar  # pylint: disable=import-outside-toplevel
        except ImportError:
            return
        self.assertEqual(len(list(icalendar.Calendar.from_ical(done.stdout).walk('VEVENT'))), 2)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
