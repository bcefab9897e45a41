#!/usr/bin/env python3
"""Runs the real gatewardenctl: iam explain, over the practice organisation. explain_test.py GATEWARDENCTL SOURCE_DIR"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

CTL, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
ESTATE = os.path.join(SOURCE, 'resources/practice/estate')
API = 'arn:aws:execute-api:eu-west-1:********3333:a1b2c3d4e5/prod/'


def run(*words, stdin=b'', env=None):
    done = subprocess.run([CTL, *words], input=stdin, capture_output=True, timeout=60, env=env)
    return done.returncode, done.stdout, done.stderr.decode()


def denied(role, action, resource='', why=''):
    on = f' on resource: {resource}' if resource else ''
    return f'An error occurred (AccessDenied): User: arn:aws:sts::{role}/ines.halvorsen is not authorized to perform: {action}{on}{why}'


def explain(text, *estate, stdin=None, options=('--format', 'json')):
    code, out, err = run('iam', 'explain', '-' if stdin is not None else text, '--estate', *(estate or (ESTATE,)), *options, stdin=stdin or b'')
    return code, json.loads(out) if out and '--format' in options else out.decode(), err


class Explain(unittest.TestCase):
    SUPPORT = denied('111122223333:assumed-role/ledger-support', 'execute-api:Invoke', API + 'POST/refunds')

    def test_an_implicit_denial_with_masked_digits(self):
        code, answer, err = explain(self.SUPPORT)
        self.assertEqual((code, err), (1, ''))
        self.assertEqual((answer['decision'], answer['evaluated'], answer['blocked_by']), ('ImplicitlyDenied', 'ImplicitlyDenied', ['identity']))
        self.assertEqual(answer['request']['resource'], API.replace('********', '11112222') + 'POST/refunds')
        self.assertEqual(answer['request']['role'], 'arn:aws:iam::111122223333:role/support/ledger-support')
        self.assertEqual([each['layer'] for each in answer['layers']], ['scp', 'scp', 'scp', 'resource', 'identity', 'boundary'])
        self.assertEqual([each['target'] for each in answer['layers'][:3]], ['Root', 'Production', 'nwr-prod-payments'])
        self.assertTrue(all(each['result'] == 'Allowed' for each in answer['edits']) and answer['edits'])
        self.assertEqual(answer['unknown'], [])

    def test_places_lead_into_the_files(self):
        _, answer, _ = explain(self.SUPPORT)
        nearest = next(each for each in answer['layers'] if each['layer'] == 'identity')['statements'][0]
        self.assertEqual((nearest['policy'], nearest['sid'], nearest['applies']), ('support-refunds-read', 'ReadRefunds', 'false'))
        where = nearest['where']
        with open(where['file'], encoding='utf-8') as file:
            text = file.read()
        line = text.splitlines()[where['line'] - 1]
        self.assertEqual(line[where['column'] - 1], '{')
        value = json.loads(text)
        for token in where['pointer'].split('/')[1:]:
            value = value[int(token)] if isinstance(value, list) else value[token]
        self.assertEqual(value['Sid'], 'ReadRefunds')

    def test_an_explicit_denial_with_the_values_that_were_compared(self):
        code, answer, _ = explain(denied('111122223333:assumed-role/payments-operator', 'lambda:InvokeFunction',
                                         'arn:aws:lambda:us-east-1:111122223333:function:ledger-reconcile',
                                         ' with an explicit deny in a service control policy'))
        self.assertEqual((code, answer['decision'], answer['aws_said']), (1, 'ExplicitlyDenied', {'layer': 'scp', 'explicit_deny': True, 'agrees': True}))
        decisive, = answer['decisive']
        self.assertEqual((decisive['policy'], decisive['sid'], decisive['effect'], decisive['layer']), ('nwr-regions', 'OnlyOurRegions', 'Deny', 'scp'))
        self.assertEqual(decisive['conditions'], [{'operator': 'StringNotEquals', 'key': 'aws:RequestedRegion', 'expected': ['eu-west-1', 'eu-central-1'],
                                                   'seen': ['us-east-1'], 'derived': False, 'holds': 'true'}])
        self.assertTrue(decisive['where']['file'].endswith('describe-policy-p-nwrregion.json'))
        self.assertEqual(answer['edits'][0]['kind'], 'extend_condition')
        self.assertTrue(answer['sentence'].startswith('Denied: nwr-regions denies lambda:InvokeFunction. '), answer['sentence'])

    def test_what_depends_says_on_what_and_shows_both_sides(self):
        code, answer, _ = explain(denied('111122223333:assumed-role/payments-operator', 'execute-api:Invoke', API + 'POST/refunds'))
        self.assertEqual((code, answer['decision'], answer['depends_on']), (1, 'Depends', ['aws:PrincipalTag/team']))
        self.assertEqual(answer['witness']['allowed'], {'aws:PrincipalTag/team': 'payments'})
        self.assertEqual(answer['edits'][0]['kind'], 'tell_context')

    def test_what_is_not_known_makes_it_depend(self):
        code, answer, _ = explain(denied('666677778888:assumed-role/network-readonly', 'ec2:DescribeVpcs'))
        self.assertEqual((code, answer['decision'], answer['evaluated']), (1, 'Depends', 'ImplicitlyDenied'))
        self.assertEqual([(each['what'], each['could_change']) for each in answer['unknown']], [('managed_policy', True)])
        # Without the organization's files.
        code, answer, _ = explain(denied('888899990000:assumed-role/partner-pay-reader', 'execute-api:Invoke', API + 'GET/payments/4'),
                                  os.path.join(ESTATE, '888899990000'), os.path.join(ESTATE, '111122223333'))
        self.assertEqual((code, answer['decision']), (1, 'Depends'))
        self.assertIn(('scp', '888899990000'), [(each['what'], each['object']) for each in answer['unknown']])

    def test_what_aws_denied_and_the_estate_allows_is_said(self):
        text = denied('111122223333:assumed-role/payments-operator', 'execute-api:Invoke', API + 'POST/payments')
        code, answer, _ = explain(text)
        self.assertEqual((code, answer['decision'], answer['aws_said']['agrees']), (0, 'Allowed', False))
        code, out, _ = explain(text, options=())
        self.assertEqual(code, 0)
        self.assertIn('AWS denied it, and by these files it is allowed', out)

    def test_text_tells_the_same(self):
        code, out, err = explain(self.SUPPORT, options=())
        self.assertEqual((code, err), (1, ''))
        lines = out.splitlines()
        self.assertTrue(lines[0].startswith('Denied: no policy allows execute-api:Invoke on POST /refunds. '), lines[0])
        self.assertIn('  Permissions boundary: lets it pass', lines)
        self.assertRegex(out, r'get-account-authorization-details\.json:\d+:\d+ /RoleDetailList/3/RolePolicyList/0/PolicyDocument/Statement/0')
        self.assertIn('Any one of these changes the answer', out)

    def test_from_standard_input_and_in_either_order(self):
        self.assertEqual(explain('', stdin=self.SUPPORT.encode())[1]['decision'], 'ImplicitlyDenied')
        self.assertEqual(run('iam', 'explain', '--estate', ESTATE, ESTATE, self.SUPPORT)[0], 1)

    def test_encoded_messages_are_for_aws_to_decode(self):
        code, out, err = run('iam', 'explain', 'You are not authorized to perform this operation. Encoded authorization failure message: AbCd', '--estate', ESTATE)
        self.assertEqual((code, out), (2, b''))
        self.assertIn('aws sts decode-authorization-message', err)
        decoded = {'DecodedMessage': json.dumps({'allowed': False, 'explicitDeny': False, 'context': {
            'principal': {'arn': 'arn:aws:sts::111122223333:assumed-role/ledger-support/dario.venn'}, 'action': 'execute-api:Invoke',
            'resource': API.replace('********', '11112222') + 'POST/refunds', 'conditions': {'items': [
                {'key': 'aws:SourceIp', 'values': {'items': [{'value': '203.0.113.9'}]}}]}}})}
        code, answer, _ = explain(json.dumps(decoded))
        self.assertEqual((code, answer['decision']), (1, 'ImplicitlyDenied'))
        self.assertIn({'key': 'aws:SourceIp', 'values': ['203.0.113.9'], 'from': 'request'}, answer['told'])

    def test_bad_usage_and_bad_files(self):
        self.assertEqual(run('iam', 'explain', self.SUPPORT)[0], 2)
        self.assertEqual(run('iam', 'explain', 'it does not work', '--estate', ESTATE)[0], 2)
        self.assertEqual(run('iam', 'explain', self.SUPPORT, '--estate', '/nowhere')[0], 2)
        code, _, err = run('iam', 'explain', '-', '--estate', ESTATE, stdin=b'x' * 2_000_000)
        self.assertEqual((code, err), (2, 'gatewardenctl: - is too large: at most 1048576 octets\n'))
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, 'cut.json'), 'w', encoding='utf-8') as file:
                file.write('{"RoleDetailList": [\n  {"Arn": ')
            code, answer, err = explain(self.SUPPORT, ESTATE, folder)
            self.assertEqual((code, answer['decision']), (2, 'ImplicitlyDenied'))
            self.assertRegex(err, r'cut\.json:2:\d+: ')
            problem, = answer['estate']['problems']
            self.assertEqual((problem['id'], problem['line']), ('estate.malformed', 2))

    def test_what_comes_from_outside_does_not_reach_the_terminal(self):
        code, out, _ = explain(self.SUPPORT.replace('ines.halvorsen', 'ines\x1b[31m'), options=())
        self.assertNotIn('\x1b', out)


class Words(unittest.TestCase):
    def test_help_man_page_and_completions_know_the_same(self):
        help_text = run('iam', 'explain', '--help')[1].decode()
        options = ['--estate', '--at', '--catalogue', '--format']
        for path in ('resources/man/gatewardenctl.1', 'resources/completions/gatewardenctl.bash', 'resources/completions/_gatewardenctl',
                     'resources/completions/gatewardenctl.fish'):
            with open(os.path.join(SOURCE, path), encoding='utf-8') as file:
                text = file.read().replace('\\-', '-')
            self.assertIn('explain', text, path)
            for option in options:
                self.assertIn(option, help_text)
                self.assertIn(option.lstrip('-') if path.endswith('.fish') else option, text, path)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
