#!/usr/bin/env python3
"""Runs the real gatewardenctl: iam eval, iam lint and iam explain. iam_test.py GATEWARDENCTL SOURCE_DIR"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

CTL, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
USER = 'arn:aws:iam::111122223333:user/lena'


def run(*words, stdin=b'', env=None):
    done = subprocess.run([CTL, *words], input=stdin, capture_output=True, timeout=60, env=env)
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

    def test_bad_lines_are_told_and_passed(self):
        good = case('good', document(allow()))
        bad = [b'', b'not json', b'{"id":"cut","request":{', b'{"id":7,"requst":{}}', b'[]', b'{"id":"deep","x":' + b'[' * 100_000, b'\xff\xfe',
               b'{"id":"utf","x":"\xff"}', b'{"id":"twice","id":"again"}',
               json.dumps({'id': 'principal', 'request': {'principal': 'me', 'action': 's3:GetObject', 'resource': '*'}}).encode(),
               json.dumps({'id': 'action', 'request': {'principal': USER, 'action': 's3:*', 'resource': '*'}}).encode()]
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

    def test_memory_does_not_grow_with_lines(self):
        def peak(count):
            script = (f'import resource,subprocess,sys\n'
                      f'p=subprocess.Popen([{CTL!r},"iam","eval","--complete","-"],stdin=subprocess.PIPE,stdout=subprocess.DEVNULL)\n'
                      f'line=sys.stdin.read()\n'
                      f'for i in range({count}): p.stdin.write(line.replace("NUMBER",str(i)).encode()+b"\\n")\n'
                      f'p.stdin.close(); p.wait(); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n')
            line = json.dumps(case('NUMBER', document(allow(resource='arn:aws:s3:::reports/NUMBER/*'))))
            return int(subprocess.run([sys.executable, '-c', script], input=line, capture_output=True, text=True, timeout=100).stdout)
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


# The parts of SARIF 2.1.0 that this output may use, as JSON types: what must be there, what may be, and nothing else.
REGION = {'startLine': int, 'startColumn': int, 'endLine': int, 'endColumn': int}
LOCATION = {'physicalLocation': {'artifactLocation': {'uri': str}, 'region': REGION}, 'logicalLocations': [{'fullyQualifiedName': str}]}
MESSAGE = {'text': str}
LEVELS = ('none', 'note', 'warning', 'error')
SARIF = {
    '$schema': str, 'version': str,
    'runs': [{
        'tool': {'driver': {'name': str, 'version': str, 'rules': [{
            'id': str, 'shortDescription': MESSAGE, 'defaultConfiguration': {'level': LEVELS}, 'properties': dict}]}},
        'columnKind': ('utf16CodeUnits', 'unicodeCodePoints'),
        'results': [{'ruleId': str, 'ruleIndex': int, 'level': LEVELS, 'message': MESSAGE, 'locations': [LOCATION], '?relatedLocations': [LOCATION],
                     '?suppressions': [{'kind': ('inSource', 'external'), 'status': ('accepted', 'underReview', 'rejected'), 'justification': str,
                                        'properties': dict}],
                     'properties': dict}],
        'properties': dict,
    }],
}


def check_shape(value, shape, where='$'):
    if isinstance(shape, type):
        assert isinstance(value, shape) and not (shape is int and isinstance(value, bool)), (where, value)
    elif isinstance(shape, tuple):
        assert value in shape, (where, value)
    elif isinstance(shape, list):
        assert isinstance(value, list), (where, value)
        for index, each in enumerate(value):
            check_shape(each, shape[0], f'{where}[{index}]')
    else:
        assert isinstance(value, dict), (where, value)
        for name, inner in shape.items():
            if name.startswith('?') and name[1:] not in value:
                continue
            assert name.lstrip('?') in value, (where, name)
            check_shape(value[name.lstrip('?')], inner, f'{where}.{name}')
        unknown = set(value) - {name.lstrip('?') for name in shape}
        assert not unknown, (where, unknown)


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
        done = subprocess.run([target.name, 'iam', 'lint', path], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0)
        self.assertIn('without the action catalogue', done.stdout)
        self.assertIn('action-unknown (catalogue)', done.stdout)
        self.assertTrue(done.stderr)
        self.assertEqual(subprocess.run([lone, 'iam', 'lint', path], capture_output=True, timeout=60).returncode, 1)


ESTATE = os.path.join(SOURCE, 'resources/practice/estate')
API = 'arn:aws:execute-api:eu-west-1:********3333:a1b2c3d4e5/prod/'


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
        self.assertIn('nwr-regions, statement 1 (OnlyOurRegions)', answer['sentence'])

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
        self.assertIn('the estate tells otherwise', out)

    def test_text_tells_the_same(self):
        code, out, err = explain(self.SUPPORT, options=())
        self.assertEqual((code, err), (1, ''))
        lines = out.splitlines()
        self.assertTrue(lines[0].startswith('Denied: no identity-based policy allows execute-api:Invoke for ledger-support'))
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
