#!/usr/bin/env python3
"""Runs the real gatewardenctl map why over the practice company. map_why_test.py GATEWARDENCTL SOURCE_DIR"""
import json
import os
import subprocess
import sys
import unittest

CTL, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
MAP = os.path.join(SOURCE, 'resources/practice/map.toml')
ESTATE = os.path.join(SOURCE, 'resources/practice/estate')
AT = ('--at', '2026-11-30T12:00:00Z')
OPERATOR = 'arn:aws:sts::111122223333:assumed-role/payments-operator/lea'
API = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod'


def run(*words, text=None):
    done = subprocess.run([CTL, 'map', 'why', MAP, '--estate', ESTATE, *words, *AT], capture_output=True, timeout=120, check=False,
                          input=text.encode() if text is not None else None)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def asked(who, may, thing, *more, text=None):
    code, out, err = run('--who', who, '--may', may, '--on', thing, *more, '--format', 'json', text=text)
    return code, json.loads(out) if out else None, err


def stopping(told):
    return [layer['layer'] for hop in told['ways'][0]['hops'] for layer in hop['layers'] if layer['stops']]


class Question(unittest.TestCase):
    def test_the_whole_way(self):
        code, told, err = asked('Payments-Ops', 'POST', 'payments-api', '--path', '/refunds/42', '--with', 'aws:PrincipalTag/team=payments')
        self.assertEqual((code, err), (0, ''))
        self.assertEqual((told['decision'], told['today'], told['lets'], told['stops']), ('Allowed', 'Allowed', ['E1'], []))
        way = told['ways'][0]
        self.assertEqual([(step['kind'], step['name']) for step in way['steps']],
                         [('group', 'Payments-Ops'), ('role', 'payments-operator'), ('route', 'payments-api')])
        self.assertEqual([hop['action'] for hop in way['hops']], ['sts:AssumeRoleWithSAML', 'execute-api:Invoke'])
        layers = {layer['layer']: layer for hop in way['hops'] for layer in hop['layers']}
        self.assertEqual(layers['trust']['edges'], ['E1'])
        self.assertEqual((layers['scp']['from'], layers['identity']['from']), ('estate', 'map'))
        self.assertEqual(layers['route-authorization']['statement'], 'AWS_IAM')

    def test_depends_names_the_keys(self):
        code, told, _ = asked('payments-ops', 'post', 'payments-api', '--path', '/refunds/42')
        self.assertEqual((code, told['decision']), (1, 'Depends'))
        self.assertEqual(told['ways'][0]['hops'][1]['depends_on'], ['aws:PrincipalTag/team'])

    def test_the_denial_and_what_would_let_it(self):
        code, told, _ = asked('Payments-Ops', 'DELETE', 'payments-api', '--path', '/refunds/42')
        self.assertEqual((code, told['decision'], told['stops'], stopping(told)), (1, 'ExplicitlyDenied', ['E2'], ['identity']))
        self.assertEqual([[edit['kind'] for edit in fix['edits']] for fix in told['fixes']],
                         [['remove_denial', 'add_may'], ['remove_denial', 'new_edge']])

    def test_every_enforcer_on_the_way(self):
        code, told, _ = asked('reconcile', 'DELETE', 'refunds-internal', '--path', '/refunds/1')
        self.assertEqual((code, stopping(told)), (1, ['resource', 'identity', 'envoy', 'istio']))
        self.assertEqual(told['fixes'][0]['edits'], [{'kind': 'add_may', 'edge': 'E5', 'key': 'may', 'value': 'DELETE'}])

    def test_text_for_people(self):
        code, out, err = run('--who', 'Auditors', '--may', 'POST', '--on', 'payments-api', '--path', '/refunds')
        self.assertEqual((code, err), (1, ''))
        self.assertIn('The map does not let it: Auditors, POST /refunds on payments-api.', out)
        self.assertIn('STOPS IT: does not allow', out)
        self.assertIn('- add "POST" to may in E3', out)

    def test_what_is_not_there(self):
        code, out, err = run('--who', 'Auditorz', '--may', 'GET', '--on', 'payments-api')
        self.assertEqual((code, out), (2, ''))
        self.assertIn('the nearest is “Auditors”', err)
        code, _, err = run('--who', 'Auditors', '--may', 'GET')
        self.assertEqual(code, 2)
        self.assertIn('--on is missing', err)
        code, _, err = run('--who', 'Auditors', '--may', 'GET', '--on', 'payments-api', '--with', 'nonsense')
        self.assertEqual(code, 2)


class Denial(unittest.TestCase):
    def test_from_standard_input(self):
        text = (f'{{"Message":"User: {OPERATOR} is not authorized to perform: execute-api:Invoke on resource: '
                f'{API.replace("111122223333", "********3333")}/DELETE/refunds/42 with an explicit deny"}}')
        code, out, err = run('--denial', '-', '--format', 'json', text=text)
        self.assertEqual((code, err), (1, ''))
        told = json.loads(out)
        self.assertEqual((told['who']['name'], told['may'], told['on']['id'], told['stops']), ('payments-operator', 'DELETE', 'payments-api', ['E2']))

    def test_a_line_of_envoys(self):
        line = json.dumps({'method': 'DELETE', 'path': '/refunds/1', 'peer': 'spiffe://northwind.example/payments/reconcile',
                           'detail': 'rbac_access_denied_matched_policy[none]'})
        code, out, _ = run('--denial', '-', text=line)
        self.assertEqual(code, 1)
        self.assertIn('The proxy found no policy that allows it.', out)
        self.assertIn('Envoy RBAC', out)

    def test_what_names_nothing_needs_the_rest(self):
        code, out, err = run('--denial', '-', text='{"message":"Forbidden"}')
        self.assertEqual((code, out), (2, ''))
        self.assertIn('does not say who asked for what', err)
        code, _, _ = run('--denial', '-', '--who', 'Auditors', '--may', 'GET', '--on', 'payments-api', '--path', '/refunds/1', text='{"message":"Forbidden"}')
        self.assertEqual(code, 0)

    def test_unreadable_says_what_is_readable(self):
        code, out, err = run('--denial', '-', text='it does not work')
        self.assertEqual((code, out), (2, ''))
        self.assertIn('is not authorized to perform', err)
        code, _, err = run('--denial', '-', text='Encoded authorization failure message: AQIDBAUG')
        self.assertEqual(code, 2)
        self.assertIn('decode-authorization-message', err)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
