#!/usr/bin/env python3
"""Runs the real gatewardenctl: iam eval and iam lint. iam_test.py GATEWARDENCTL SOURCE_DIR"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

from sarif_shape import SARIF, check_shape

PATIENCE = int(os.environ.get('GW_PATIENCE', '1'))
CTL, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
USER = 'arn:aws:iam::111122223333:user/lena'


def run(*words, stdin=b'', env=None):
    done = subprocess.run([CTL, *words], input=stdin, capture_output=True, timeout=60 * PATIENCE, env=env)
    return done.returncode, done.stdout, done.stderr.decode()


def document(*statements, **more):
    return {'Version': '2012-10-17', 'Statement': list(statements), **more}


def allow(action='s3:GetObject', resource='arn:aws:s3:::reports/*', **more):
    return {'Effect': 'Allow', 'Action': action, 'Resource': resource, **more}


def case(name, policy, action='s3:GetObject', resource='arn:aws:s3:::reports/a', **context):
    return {'id': name, 'request': {'principal': USER, 'action': action, 'resource': resource, 'context': context},
            'identity': [{'name': 'p', 'policy': policy}]}


def evaluate(*lines, options=('--complete',)):
    text = b''.join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b'\n' for line in lines)
    code, out, err = run('iam', 'eval', *options, '-', stdin=text)
    return code, [json.loads(line) for line in out.splitlines()], err


class Eval(unittest.TestCase):
    def test_answers_have_the_shape_of_the_contract(self):
        code, (answer,), err = evaluate(case('a', document(allow(Sid='Reports'))))
        self.assertEqual((code, err), (0, ''))
        self.assertEqual(answer, {'id': 'a', 'decision': 'Allowed', 'blocked_by': [], 'depends_on': [],
                                  'decisive': [{'policy': 'p', 'statement': 0, 'sid': 'Reports', 'effect': 'Allow'}],
                                  'ignored_keys': [], 'message': '', 'errors': []})

    def test_denials_speak_as_aws_does(self):
        code, answers, _ = evaluate(case('i', document(allow('s3:PutObject'))), case('e', document(allow(), {**allow(), 'Effect': 'Deny'})))
        self.assertEqual(code, 1)
        self.assertEqual([a['decision'] for a in answers], ['ImplicitlyDenied', 'ExplicitlyDenied'])
        self.assertEqual([a['blocked_by'] for a in answers], [['identity'], ['identity']])
        self.assertIn('because no identity-based policy allows the s3:GetObject action', answers[0]['message'])
        self.assertIn('with an explicit deny in an identity-based policy', answers[1]['message'])

    def test_a_key_that_is_not_told_gives_depends_unless_the_world_is_complete(self):
        one = case('d', document(allow(Condition={'StringEquals': {'aws:PrincipalTag/team': 'payments'}})))
        code, (answer,), _ = evaluate(one, options=())
        self.assertEqual((code, answer['decision'], answer['depends_on']), (1, 'Depends', ['aws:PrincipalTag/team']))
        self.assertEqual(evaluate(one)[1][0]['decision'], 'ImplicitlyDenied')

    def test_keys_that_the_action_does_not_have_are_ignored(self):
        policy = document(allow(Condition={'StringEquals': {'s3:prefix': 'x'}}))
        told = case('i', policy, **{'s3:prefix': 'x', 's3:ExistingObjectTag/team': 'x', 'aws:Whatever': 'x'})
        for options in ((), ('--complete',)):
            code, (answer,), _ = evaluate(told, options=options)
            self.assertEqual(answer['ignored_keys'], ['s3:prefix'])
            self.assertEqual(answer['decision'], 'ImplicitlyDenied')
        # Not supplied, it is as absent.
        self.assertEqual(evaluate(case('i', policy), options=())[1][0]['decision'], 'ImplicitlyDenied')

    def test_keys_that_stay_with_a_session_are_not_ignored(self):
        context = {'saml:sub': 'lena', 'saml:aud': 'x', 'cognito-identity.amazonaws.com:sub': 'x', 'ec2:SourceInstanceArn': 'x'}
        _, (answer,), _ = evaluate(case('s', document(allow()), **context))
        self.assertEqual(answer['ignored_keys'], ['saml:aud'])
        trust = document({'Effect': 'Allow', 'Action': ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity'],
                          'Principal': {'Federated': 'arn:aws:iam::111122223333:saml-provider/P'}})
        _, (answer,), _ = evaluate({'id': 't', 'request': {
            'principal': 'arn:aws:iam::111122223333:saml-provider/P', 'action': 'sts:AssumeRoleWithSAML', 'resource': 'arn:aws:iam::111122223333:role/r',
            'context': {'saml:aud': 'x', 'saml:edupersonaffiliation': ['x'], 'sts:SourceIdentity': 'lena', 'sts:RoleSessionName': 'lena',
                        'sts:TransitiveTagKeys': ['team'], 'aws:RequestTag/team': 'x', 'sts:ExternalId': 'x'}}, 'resource': {'policy': trust}})
        self.assertEqual((answer['decision'], answer['ignored_keys']), ('Allowed', ['sts:ExternalId']))

    def test_an_action_without_resources_is_meant_by_star_alone(self):
        def ask(policy_resource, asked):
            return evaluate(case('w', document(allow('s3:ListAllMyBuckets', policy_resource)), action='s3:ListAllMyBuckets', resource=asked))[1][0]['decision']
        self.assertEqual(ask('*', '*'), 'Allowed')
        self.assertEqual(ask('*', 'arn:aws:s3:::reports'), 'Allowed')
        self.assertEqual(ask('arn:aws:s3:::*', 'arn:aws:s3:::reports'), 'ImplicitlyDenied')
        self.assertEqual(ask('arn:aws:s3:::*', '*'), 'ImplicitlyDenied')

    def test_resource_control_policies_bind_the_services_of_the_catalogue(self):
        deny = {'name': 'rcp', 'policy': document({'Effect': 'Deny', 'Principal': '*', 'Action': '*', 'Resource': '*'})}
        def ask(action, resource):
            return evaluate({**case('r', document(allow('*', '*')), action=action, resource=resource), 'rcp': [[deny]]})[1][0]['decision']
        self.assertEqual(ask('s3:GetObject', 'arn:aws:s3:::reports/a'), 'ExplicitlyDenied')
        self.assertEqual(ask('transfer:StartServer', 'arn:aws:transfer:eu-central-1:111122223333:server/s-1'), 'ExplicitlyDenied')
        self.assertEqual(ask('ec2:StopInstances', 'arn:aws:ec2:eu-central-1:111122223333:instance/i-1'), 'Allowed')

    def test_what_the_organisation_attaches_may_be_told_by_account(self):
        deny = {'policy': document({'Effect': 'Deny', 'Action': 's3:*', 'Resource': '*'})}
        one = {**case('a', document(allow())), 'accounts': {'111122223333': {'scp': [[deny]]}, '444455556666': {'scp': [[]]}}}
        _, (answer,), _ = evaluate(one)
        self.assertEqual((answer['decision'], answer['blocked_by']), ('ExplicitlyDenied', ['scp']))
        self.assertEqual(answer['decisive'], [{'policy': 'accounts/111122223333/scp/0/0', 'statement': 0, 'effect': 'Deny'}])
        _, (answer,), _ = evaluate({**one, 'scp': [[deny]]})
        self.assertEqual((answer['decision'], answer['errors'][0]['id'], answer['errors'][0]['where']),
                         (None, 'iam_case.said_twice', '/accounts/111122223333/scp'))

    def test_a_service_network_has_a_policy_of_its_own(self):
        everyone = document({'Effect': 'Allow', 'Principal': '*', 'Action': 'vpc-lattice-svcs:Invoke', 'Resource': '*'})
        nobody = document({'Effect': 'Allow', 'Principal': {'AWS': '444455556666'}, 'Action': 'vpc-lattice-svcs:Invoke', 'Resource': '*'})
        one = {**case('n', document(allow('vpc-lattice-svcs:Invoke', '*')), 'vpc-lattice-svcs:Invoke',
                      'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1/x'), 'resource': {'policy': everyone}}
        self.assertEqual(evaluate({**one, 'network': {'policy': everyone}})[1][0]['decision'], 'Allowed')
        _, (answer,), _ = evaluate({**one, 'network': {'policy': nobody}})
        self.assertEqual((answer['decision'], answer['blocked_by']), ('ImplicitlyDenied', ['network']))
        self.assertIn('because no network-based policy allows the vpc-lattice-svcs:Invoke action', answer['message'])

    def test_bad_lines_are_told_and_passed(self):
        good = case('good', document(allow()))
        bad = [b'', b'not json', b'{"id":"cut","request":{', b'{"id":7,"requst":{}}', b'[]', b'{"id":"deep","x":' + b'[' * 100_000, b'\xff\xfe',
               b'{"id":"utf","x":"\xff"}', b'{"id":"twice","id":"again"}',
               json.dumps({'id': 'principal', 'request': {'principal': 'me', 'action': 's3:GetObject', 'resource': '*'}}).encode(),
               json.dumps({'id': 'action', 'request': {'principal': USER, 'action': 's3:*', 'resource': '*'}}).encode(),
               json.dumps({'id': 'no name', 'request': {'principal': USER, 'action': 's3:', 'resource': '*'}}).encode(),
               json.dumps({'id': 'no resource', 'request': {'principal': USER, 'action': 's3:GetObject', 'resource': ''}}).encode(),
               json.dumps({'id': 'twice', 'request': {'principal': USER, 'action': 's3:GetObject', 'resource': '*',
                                                      'context': {'aws:SourceIp': '192.0.2.1', 'AWS:sourceip': '192.0.2.9'}}}).encode()]
        lines = [part for each in bad for part in (each, good)]
        code, answers, _ = evaluate(*lines)
        self.assertEqual(code, 2)
        self.assertEqual(len(answers), len(lines))
        for answer in answers[1::2]:
            self.assertEqual((answer['id'], answer['decision'], answer['errors']), ('good', 'Allowed', []))
        for answer, line in zip(answers[0::2], bad):
            self.assertIsNone(answer['decision'], line[:40])
            self.assertEqual(len(answer['errors']), 1)
            self.assertTrue(answer['errors'][0]['message'])
            self.assertNotIn('no text', answer['errors'][0]['message'])
        self.assertEqual([a['id'] for a in answers[0::2]][2:6], ['cut', 7, None, 'deep'])

    def test_a_bad_policy_is_told_and_left_out(self):
        one = case('p', document({**allow(), 'Efect': 'Deny'}))
        one['identity'].append({'policy': document(allow())})
        code, (answer,), _ = evaluate(one)
        self.assertEqual((code, answer['decision']), (2, 'Allowed'))
        self.assertEqual(answer['errors'][0]['id'], 'policy.unknown_element')
        self.assertEqual(answer['errors'][0]['where'], '/identity/0/policy/Statement/0/Efect')

    def test_a_boundary_is_a_document_or_a_list_of_one(self):
        given = document(allow('ec2:*', '*'))
        for boundary, decision in ((given, 'ImplicitlyDenied'), ([given], 'ImplicitlyDenied'), ([{'name': 'b', 'policy': given}], 'ImplicitlyDenied'),
                                   ([document(allow('s3:*', '*'))], 'Allowed'), ([], 'Allowed'), (None, 'Allowed')):
            _, (answer,), _ = evaluate({**case('b', document(allow())), 'boundary': boundary})
            self.assertEqual((answer['decision'], answer['errors']), (decision, []), boundary)
        code, (answer,), _ = evaluate({**case('b', document(allow())), 'boundary': [given, given]})
        self.assertEqual((code, answer['decision'], answer['errors'][0]['where']), (2, None, '/boundary'))

    def test_a_bad_policy_that_could_only_narrow_allows_nothing(self):
        bad = {'Version': '2012-10-17', 'Statement': [{'Effect': 'allow', 'Action': '*', 'Resource': '*'}]}
        for layer, value in (('boundary', bad), ('boundary', [{'policy': bad}]), ('session', [{'policy': bad}]), ('scp', [[{'policy': bad}]])):
            code, (answer,), _ = evaluate({**case('b', document(allow())), layer: value})
            self.assertEqual((code, answer['decision'], answer['blocked_by'], len(answer['errors'])), (2, 'ImplicitlyDenied', [layer], 1), layer)

    def test_long_lines(self):
        large = case('large', document(allow(resource=[f'arn:aws:s3:::bucket-{i}/*' for i in range(330_000)])))
        self.assertGreater(len(json.dumps(large)), 10_000_000)
        too_long = b'{"id":"long","x":"' + b'y' * 17_000_000 + b'"}'
        code, answers, _ = evaluate(large, too_long, case('next', document(allow())))
        self.assertEqual([a['id'] for a in answers], ['large', 'long', 'next'])
        self.assertEqual([a['decision'] for a in answers], ['ImplicitlyDenied', None, 'Allowed'])
        self.assertEqual(answers[1]['errors'][0]['id'], 'iam_case.line_too_long')

    def test_hostile_lines_cost_their_length_and_the_batch_goes_on(self):
        good = case('good', document(allow()))
        stars = 'arn:aws:s3:::' + 'a*' * 5_000 + 'b'
        values = [f'v{i}' for i in range(100_000)]
        hostile = [
            case('stars', document(allow(resource=stars)), resource='arn:aws:s3:::' + 'a' * 1_000_000),
            case('questions', document(allow(Condition={'StringLike': {'aws:PrincipalTag/t': '*' + 'a?' * 1_000 + 'b*'}})), **{'aws:PrincipalTag/t': 'a' * 1_000_000}),
            case('values', document(allow(Condition={'ForAllValues:StringEquals': {'aws:PrincipalOrgPaths': values}})), **{'aws:PrincipalOrgPaths': values[1:] + ['other']}),
            case('keys', document(allow(Condition={'Bool': {'k:v': 'true'}})), **{f'k:{i}': 'x' for i in range(100_000)}),
            case('statements', document(*[allow(resource=f'arn:aws:s3:::bucket-{i}/*') for i in range(70_000)])),
            b'{"id":"deep","identity":' + b'{"a":' * 100_000 + b'1' + b'}' * 100_001]
        self.assertGreater(len(json.dumps(hostile[4])), 6_000_000)
        lines = [line for one in hostile for line in (one, good)]
        before = os.times()
        code, answers, err = evaluate(*lines)
        used = os.times()
        self.assertEqual((code, err), (2, ''))
        self.assertEqual([a['id'] for a in answers[0::2]], ['stars', 'questions', 'values', 'keys', 'statements', 'deep'])
        self.assertEqual([a['decision'] for a in answers[0::2]], ['ImplicitlyDenied'] * 5 + [None])
        self.assertEqual([a['decision'] for a in answers[1::2]], ['Allowed'] * len(hostile))
        self.assertEqual(answers[10]['errors'][0]['id'], 'policy_source.too_deep')
        # Less than a second where it is built as release; anything worse than linear takes minutes.
        self.assertLess(used.children_user + used.children_system - before.children_user - before.children_system, 15 * PATIENCE)

    def test_memory_does_not_grow_with_lines(self):
        def peak(count):
            script = (f'import resource,subprocess,sys\n'
                      f'p=subprocess.Popen([{CTL!r},"iam","eval","--complete","-"],stdin=subprocess.PIPE,stdout=subprocess.DEVNULL)\n'
                      f'line=sys.stdin.read()\n'
                      f'for i in range({count}): p.stdin.write(line.replace("NUMBER",str(i)).encode()+b"\\n")\n'
                      f'p.stdin.close(); p.wait(); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n')
            line = json.dumps(case('NUMBER', document(allow(resource='arn:aws:s3:::reports/NUMBER/*'))))
            return int(subprocess.run([sys.executable, '-c', script], input=line, capture_output=True, text=True, timeout=100 * PATIENCE).stdout)
        first, last = peak(30_000), peak(90_000)
        self.assertLess(last, first * 1.25 + 4_096)

    def test_usage(self):
        self.assertEqual(run('iam', 'eval')[0], 2)
        self.assertEqual(run('iam', 'eval', '/nowhere/at/all')[0], 2)
        self.assertEqual(run('iam', 'eval', '--at', 'noon', '-')[0], 2)
        self.assertEqual(run('iam', 'eval', '--catalogue', '/dev/null', '-')[0], 2)
        for words in (('iam', '--help'), ('iam', 'eval', '--help'), ('iam', 'lint', '--help'), ('saml', '--help')):
            code, out, err = run(*words)
            self.assertEqual((code, err), (0, ''), words)
            self.assertIn(b'Usage: gatewardenctl', out)

    def test_at_sets_the_clock(self):
        one = case('t', document(allow(Condition={'DateLessThan': {'aws:CurrentTime': '2026-06-01T00:00:00Z'}})))
        for at, decision in (('2026-05-01T00:00:00Z', 'Allowed'), ('2026-07-01T00:00:00Z', 'ImplicitlyDenied')):
            self.assertEqual(evaluate(one, options=('--at', at))[1][0]['decision'], decision)


class Lint(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, content):
        path = os.path.join(self.folder.name, name)
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(content if isinstance(content, str) else json.dumps(content, indent=2, ensure_ascii=False))
        return path

    def sarif(self, path, *options):
        code, out, err = run('iam', 'lint', '--format', 'sarif', *options, path)
        log = json.loads(out)
        check_shape(log, SARIF)
        self.assertEqual(log['version'], '2.1.0')
        (only,) = log['runs']
        rules = only['tool']['driver']['rules']
        self.assertEqual(len({rule['id'] for rule in rules}), len(rules))
        for result in only['results']:
            self.assertEqual(rules[result['ruleIndex']]['id'], result['ruleId'])
            self.assertIn(result['properties']['severity'], ('low', 'medium', 'high', 'critical', 'error'))
            self.assertNotRegex(result['message']['text'], r'\{\w+\}')
            for location in result['locations'] + result.get('relatedLocations', []):
                region = location['physicalLocation']['region']
                self.assertGreaterEqual(region['startLine'], 1)
                self.assertGreaterEqual(region['startColumn'], 1)
                self.assertGreaterEqual((region['endLine'], region['endColumn']), (region['startLine'], region['startColumn']))
        return code, only, err

    def test_a_policy_of_ten_thousand_statements_and_a_deep_one(self):
        large = self.file('large.json', document(*[{**allow(resource=f'arn:aws:s3:::bucket-{i}/' + 'a*' * 20), 'Sid': f'S{i}'} for i in range(10_000)]))
        before = os.times()
        code, out, err = run('iam', 'lint', large)
        used = os.times()
        self.assertIn(code, (0, 1), err)
        self.assertIn('policy-size-identity', out.decode())
        self.assertLess(used.children_user + used.children_system - before.children_user - before.children_system, 15 * PATIENCE)
        deep = os.path.join(os.path.dirname(large), 'deep.json')
        with open(deep, 'w', encoding='utf-8') as stream:
            stream.write('{"Statement":' * 100_000)
        code, out, err = run('iam', 'lint', deep)
        self.assertEqual((code, err), (2, ''))
        # Where the 65th level begins.
        self.assertRegex(out.decode(), r'1:833 +error +json-syntax')

    def test_clean(self):
        path = self.file('clean.json', document(allow()))
        code, out, err = run('iam', 'lint', path)
        self.assertEqual((code, err), (0, ''))
        with open(os.path.join(SOURCE, 'resources/catalogue/catalogue.jsonl'), encoding='utf-8') as stream:
            date = json.loads(stream.readline())['date']
        self.assertIn('0 findings in identity policy', out.decode())
        self.assertIn('action catalogue of ' + date, out.decode())
        self.assertEqual(self.sarif(path)[1]['results'], [])

    def test_sarif_of_a_finding(self):
        path = self.file('a policy.json', '{"Version": "2012-10-17",\n "Statement": [{"Sid": "é", "Effect": "Allow",\n  "Action": "iam:PassRole", "Resource": "*"}]}')
        code, log, _ = self.sarif(path)
        self.assertEqual(code, 1)
        found = {result['ruleId']: result for result in log['results']}
        passed = found['perm-passrole-star']
        self.assertEqual((passed['level'], passed['properties']), ('error', {'severity': 'high', 'accessAnalyzer': 'PASS_ROLE_WITH_STAR_IN_RESOURCE'}))
        location = passed['locations'][0]
        self.assertEqual(location['logicalLocations'], [{'fullyQualifiedName': '/Statement/0/Resource'}])
        self.assertEqual(location['physicalLocation']['region'], {'startLine': 3, 'startColumn': 41, 'endLine': 3, 'endColumn': 44})
        self.assertEqual(location['physicalLocation']['artifactLocation']['uri'], 'file://' + path.replace(' ', '%20'))
        sid = found['policy-bad-sid']['locations'][0]['physicalLocation']['region']
        self.assertEqual((sid['startColumn'], sid['endColumn']), (24, 27))

    def test_every_document_of_the_tests_gives_valid_sarif(self):
        for name in ('rules', 'clean'):
            with open(os.path.join(SOURCE, f'tests/data/lint/{name}.jsonl'), encoding='utf-8') as stream:
                for line in stream:
                    one = json.loads(line)
                    code, log, _ = self.sarif(self.file('p.json', one.get('text', one.get('document'))), '--type', one['type'], '--at', '2026-11-24T00:00:00Z',
                                              *(['--account', one['account']] if 'account' in one else []))
                    want = sorted(each.split('@')[0] for each in one['expect'])
                    self.assertEqual(sorted(result['ruleId'] for result in log['results']), want, one['name'])
                    self.assertEqual(code, 2 if any(rule.startswith('json-') for rule in want) else 1 if want else 0, one['name'])

    def test_json_is_one_object(self):
        path = self.file('p.json', document(allow('*', '*')))
        code, out, _ = run('iam', 'lint', '--format', 'json', path)
        report = json.loads(out)
        self.assertEqual((code, report['file'], report['type']), (1, path, 'identity'))
        admin = next(each for each in report['findings'] if each['rule'] == 'perm-admin')
        self.assertEqual((admin['severity'], admin['object'], admin['where']['line']), ('critical', '/Statement/0', 3 + 1))
        self.assertEqual(report['summary']['findings']['critical'], 1)

    def test_suppressions_and_thresholds(self):
        path = self.file('p.json', document(allow('*', '*')))
        rules = {'severity': {'perm-passrole-star': 'off', 'perm-slr-star': 'low'},
                 'suppressions': [{'rule': 'perm-admin', 'file': 'p.json', 'reason': 'break glass', 'until': '2026-12-31'}]}
        settings = self.file('rules.json', rules)
        at = ('--at', '2026-11-24T00:00:00Z')
        code, log, _ = self.sarif(path, '--rules', settings, *at)
        self.assertEqual(code, 1)
        admin = next(each for each in log['results'] if each['ruleId'] == 'perm-admin')
        self.assertEqual(admin['suppressions'][0]['justification'], 'break glass')
        self.assertEqual(self.sarif(path, '--rules', settings, '--fail-on', 'medium', *at)[0], 0)
        code, log, _ = self.sarif(path, '--rules', settings, '--fail-on', 'medium', '--at', '2027-02-01T00:00:00Z')
        self.assertEqual(code, 1)
        self.assertIn('suppression-expired', {each['ruleId'] for each in log['results']})

    def test_rules_of_the_organisation(self):
        path = self.file('p.json', document(allow('*', '*')))
        settings = os.path.join(self.folder.name, 'rules.toml')
        at = ('--at', '2026-11-24T00:00:00Z')

        def lint(text):
            with open(settings, 'w', encoding='utf-8') as stream:
                stream.write(text)
            return self.sarif(path, '--rules', settings, *at)
        code, log, _ = lint("""
# of a review, and of no document
[limits]
stale_days = 30
[severity]
perm-passrole-star = "off"
perm-slr-star = "low"
map-role-unmapped = "low"
[[accept]]
rule = "perm-admin"
file = "p.json"
reason = "break glass"
until = 2026-12-31
[[accept]]
rule = "review-overdue"
reason = "long ago"
until = 2020-01-01
""")
        found = {result['ruleId']: result for result in log['results']}
        self.assertEqual(code, 1)
        self.assertEqual(found['perm-admin']['suppressions'][0]['justification'], 'break glass')
        self.assertEqual(found['perm-slr-star']['properties']['severity'], 'low')
        self.assertNotIn('perm-passrole-star', found)
        self.assertNotIn('suppression-expired', found)
        # Of one object only: whose this document is, it does not say.
        _, log, _ = lint('[[accept]]\nrule = "perm-admin"\nobject = "arn:aws:iam::111122223333:role/a"\nreason = "x"\nuntil = 2026-12-31\n')
        self.assertNotIn('suppressions', next(each for each in log['results'] if each['ruleId'] == 'perm-admin'))
        code, out, err = run('iam', 'lint', '--rules', self.file('broken.toml', '[severity]\nperm-admin = "mild"\n'), path)
        self.assertEqual((code, out), (2, b''))
        self.assertIn('perm-admin', err)

    def test_usage(self):
        path = self.file('p.json', document(allow()))
        bad = self.file('bad.json', {'severity': {'no-such-rule': 'low'}})
        for words in (('--type', 'role', path), ('--account', '1', path), ('--fail-on', 'mild', path), ('--rules', bad, path), ('--format', 'xml', path),
                      ('/nowhere/at/all',), ()):
            code, out, err = run('iam', 'lint', *words)
            self.assertEqual((code, out), (2, b''), words)
            self.assertTrue(err, words)
        self.assertEqual(run('iam', 'lint', '-', stdin=b'{')[0], 2)
        self.assertEqual(run('iam', 'lint', '-', stdin=json.dumps(document(allow())).encode())[0], 0)

    def test_without_a_catalogue_it_says_so(self):
        lone = os.path.join(self.folder.name, 'gatewardenctl')
        os.symlink(CTL, lone)
        path = self.file('p.json', document(allow('s3:GetObjekt')))
        copy = os.path.join(self.folder.name, 'bin')
        os.mkdir(copy)
        with open(CTL, 'rb') as source, open(os.path.join(copy, 'ctl'), 'wb') as target:
            target.write(source.read())
        os.chmod(target.name, 0o755)
        done = subprocess.run([target.name, 'iam', 'lint', path], capture_output=True, text=True, timeout=60 * PATIENCE)
        self.assertEqual(done.returncode, 0)
        self.assertIn('without the action catalogue', done.stdout)
        self.assertIn('action-unknown (catalogue)', done.stdout)
        self.assertTrue(done.stderr)
        self.assertEqual(subprocess.run([lone, 'iam', 'lint', path], capture_output=True, timeout=60 * PATIENCE).returncode, 1)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
