#!/usr/bin/env python3
"""Runs the real gatewardenctl map why over the practice company. map_why_test.py GATEWARDENCTL SOURCE_DIR"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

CTL, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
MAP = os.path.join(SOURCE, 'resources/practice/map.toml')
ESTATE = os.path.join(SOURCE, 'resources/practice/estate')
AT = ('--at', '2026-11-30T12:00:00Z')
OPERATOR = 'arn:aws:sts::111122223333:assumed-role/payments-operator/lea'
API = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod'


def written(folder, text):
    path = os.path.join(folder, 'map.toml')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def run(*words, text=None, map_file=MAP):
    done = subprocess.run([CTL, 'map', 'why', map_file, '--estate', ESTATE, *words, *AT], capture_output=True, timeout=120, check=False,
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

    def test_a_denial_that_the_estate_has_as_well(self):
        code, told, _ = asked('Payments-Ops', 'DELETE', 'payments-api', '--path', '/refunds/42')
        self.assertEqual((code, told['decision'], told['stops'], stopping(told)), (1, 'ExplicitlyDenied', ['E2'], ['identity']))
        # Without E2 the policy never-delete of the estate, which is not the map's, would still deny it.
        self.assertEqual(told['fixes'], [])

    def test_a_person_comes_in_by_their_groups_only(self):
        # Of Support-Tier2, to which no edge gives a role.
        code, told, _ = asked('person:ada.grantoft', 'GET', 'payments-api', '--path', '/payments')
        self.assertEqual((code, told['decision'], told['today']), (1, 'ImplicitlyDenied', 'ImplicitlyDenied'))
        self.assertEqual(stopping(told), ['assignment'])
        self.assertEqual(told['fixes'][0]['edits'], [{'kind': 'add_who', 'edge': 'E3', 'key': 'who', 'value': 'person:ada.grantoft'}])
        self.assertEqual({way['decision'] for way in told['ways']} - {'ImplicitlyDenied', 'ExplicitlyDenied'}, set())

    def test_what_only_the_estate_lets(self):
        admin = 'role:arn:aws:iam::111122223333:role/payments-admin'
        code, out, _ = run('--who', admin, '--may', 'GET', '--on', 'payments-api', '--path', '/payments/1')
        self.assertEqual(code, 1)
        self.assertIn('The estate lets it, the map does not: payments-admin', out)
        self.assertIn('no edge lets it (today: allowed)', out)
        # Their tag is not the one that E1 asks for; a statement of the API's policy that is no edge's lets them.
        code, told, _ = asked('operator', 'GET', 'payments-api', '--path', '/payments/1', '--with', 'aws:PrincipalTag/team=x')
        self.assertEqual((code, told['decision'], told['today'], told['lets']), (1, 'ImplicitlyDenied', 'Allowed', []))
        code, told, _ = asked('operator', 'GET', 'payments-api', '--path', '/payments/1')
        self.assertEqual((code, told['decision'], told['today'], told['lets']), (1, 'Depends', 'Allowed', ['E1']))
        self.assertEqual(told['ways'][0]['hops'][0]['depends_on'], ['aws:PrincipalTag/team'])
        code, told, _ = asked('operator', 'GET', 'payments-api', '--path', '/payments/1', '--with', 'aws:PrincipalTag/team=payments')
        self.assertEqual((code, told['decision'], told['lets']), (0, 'Allowed', ['E1']))

    def test_no_edit_is_offered_that_a_statement_of_others_undoes(self):
        code, told, _ = asked('anyone', 'GET', 'payments-api', '--path', '/payments/1')
        self.assertEqual((code, told['decision'], told['fixes']), (1, 'ExplicitlyDenied', []))
        with open(MAP, encoding='utf-8') as file:
            text = file.read() + '\n[[edge]]\nid = "E7"\nwho = "anyone"\nmay = "GET"\non = "payments-api"\npaths = ["/payments/1"]\n'
        with tempfile.TemporaryDirectory() as folder:
            code, out, err = run('--who', 'anyone', '--may', 'GET', '--on', 'payments-api', '--path', '/payments/1', map_file=written(folder, text))
        self.assertEqual((code, err), (1, ''))
        self.assertIn('STOPS IT: denies', out)
        self.assertIn('OnlyOurOrganization', out)

    def test_names_are_not_obeyed_by_a_terminal(self):
        with open(MAP, encoding='utf-8') as file:
            text = file.read().replace('"Finance-Analysts"', '"Fin\\u001b[31mance\\u202e\\n"')
        with tempfile.TemporaryDirectory() as folder:
            code, out, _ = run('--who', 'finance', '--may', 'GET', '--on', 'payments-api', '--path', '/payments', map_file=written(folder, text))
        self.assertEqual(code, 0)
        self.assertIn('Fin?[31mance??, GET /payments on payments-api.', out)
        self.assertEqual([each for each in out if each in '\x1b\u202e'], [])

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
        # The map lets them some paths and not others.
        code, out, err = run('--who', 'Auditors', '--may', 'GET', '--on', 'payments-api')
        self.assertEqual((code, out), (2, ''))
        self.assertIn('--path', err)
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

    def test_methods_and_paths_are_asked_for(self):
        line = 'rbac_access_denied_matched_policy[gwE5 reconcile->refunds-internal]'
        code, out, err = run('--denial', '-', text=line)
        self.assertEqual((code, out), (2, ''))
        self.assertIn('give --may', err)
        code, out, err = run('--denial', '-', '--may', 'GET', text=line)
        self.assertEqual((code, out), (2, ''))
        self.assertIn('--path', err)
        code, _, _ = run('--denial', '-', '--may', 'GET', '--path', '/refunds/1', text=line)
        self.assertEqual(code, 0)
        lattice = ('AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ledger-reconcile/x is not authorized to perform: '
                   'vpc-lattice-svcs:Invoke on resource: arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0a1b2c3d4e5f60001/refunds/1')
        code, out, err = run('--denial', '-', text=lattice)
        self.assertEqual((code, out), (2, ''))
        self.assertIn('give --may', err)

    def test_unreadable_says_what_is_readable(self):
        code, out, err = run('--denial', '-', text='it does not work')
        self.assertEqual((code, out), (2, ''))
        self.assertIn('is not authorized to perform', err)
        code, _, err = run('--denial', '-', text='Encoded authorization failure message: AQIDBAUG')
        self.assertEqual(code, 2)
        self.assertIn('decode-authorization-message', err)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
