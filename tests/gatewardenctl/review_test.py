"""The command `review`: its JSON lines, its exit codes, its other forms, and what it makes of bad input."""
import csv
import html.parser
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

from sarif_shape import SARIF, check_shape

PROGRAM, SOURCE = sys.argv[1:3]
ESTATE = os.path.join(SOURCE, 'resources/practice/estate')
AT = ['--at', '2026-11-30T12:00:00Z']
SEVERITIES = ['critical', 'high', 'medium', 'low', 'error']
# Rules that look at the same thing count once.
BESIDE = {'trust-has-resource': 'trust-notprincipal', 'idp-weak-key': 'idp-single-key', 'idp-not-used-at-all': 'idp-unused',
          'lattice-no-policy': 'lattice-policy-inactive', 'lambda-role-shared': 'ecs-task-exec-role-same', 'drift-perm': 'drift-trust'}
PROVIDER = 'arn:aws:iam::111122223333:saml-provider/SSO'
AUDIENCES = ['https://signin.aws.amazon.com/saml', 'https://eu-west-1.signin.aws.amazon.com/saml']


def run(*arguments):
    done = subprocess.run([PROGRAM, 'review', *arguments], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def trust(condition=None):
    statement = {'Effect': 'Allow', 'Principal': {'Federated': PROVIDER}, 'Action': ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity']}
    if condition:
        statement['Condition'] = condition
    return {'Version': '2012-10-17', 'Statement': [statement]}


GOOD = {'StringEquals': {'SAML:aud': AUDIENCES}, 'ForAnyValue:StringEquals': {'SAML:edupersonaffiliation': 'staff'}}


def details(condition=None, name='reader'):
    return {'UserDetailList': [], 'GroupDetailList': [], 'Policies': [], 'RoleDetailList': [
        {'RoleName': name, 'RoleId': 'AROAEXAMPLE', 'Arn': 'arn:aws:iam::111122223333:role/' + name, 'Path': '/', 'CreateDate': '2026-11-20T00:00:00Z',
         'AssumeRolePolicyDocument': trust(condition), 'RolePolicyList': [], 'AttachedManagedPolicies': [], 'RoleLastUsed': {'LastUsedDate': '2026-11-29T00:00:00Z'}}]}


class Review(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as out:
            out.write(content if isinstance(content, str) else json.dumps(content, indent=2))
        return path

    def review(self, *arguments):
        code, out, err = run('--format', 'json', *AT, *arguments)
        lines = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(list(lines[-1]), ['summary'], err)
        return code, lines[:-1], lines[-1]['summary']

    def test_lines_have_precisely_the_keys_of_the_contract(self):
        code, findings, summary = self.review(ESTATE)
        self.assertEqual(code, 1)
        for finding in findings:
            self.assertEqual([key for key in finding if key != 'suppressed'],
                             ['rule', 'severity', 'object', 'where', 'title', 'detail', 'evidence', 'fix'])
            self.assertEqual(list(finding['where']), ['file', 'pointer', 'line', 'column'])
            self.assertIn(finding['severity'], SEVERITIES)
            self.assertIn(finding['fix']['kind'], ['edit', 'plan', 'manual'])
            self.assertTrue(finding['title'] and finding['fix']['text'], finding)
            self.assertFalse(re.search(r'(?<!\$)\{\w', finding['title'] + finding['detail'] + finding['fix']['text'].replace('{"', '')), finding)
        self.assertEqual(list(summary), ['objects', 'findings', 'not_checked'])
        self.assertEqual(list(summary['findings']), SEVERITIES)
        self.assertEqual(sum(summary['findings'].values()), len(findings))
        self.assertEqual(len({(f['rule'], f['object']) for f in findings}), len(findings), 'one finding for each rule and object')
        for each in summary['not_checked']:
            self.assertEqual(list(each), ['rule', 'needs'])

    def test_places_lead_to_what_they_are_about(self):
        path = self.file('d.json', details())
        _, findings, _ = self.review(path)
        finding = next(f for f in findings if f['rule'] == 'trust-saml-no-audience')
        self.assertEqual(finding['where']['file'], path)
        self.assertEqual(finding['where']['pointer'], '/RoleDetailList/0/AssumeRolePolicyDocument/Statement/0')
        with open(path, encoding='utf-8') as text:
            line = text.read().splitlines()[finding['where']['line'] - 1]
        self.assertEqual(line[finding['where']['column'] - 1], '{')
        self.assertEqual(finding['fix']['patch'], [{'op': 'add', 'path': '/Statement/0/Condition', 'value': {'StringEquals': {'SAML:aud': finding['fix']['patch'][0]['value']['StringEquals']['SAML:aud']}}}])

    def test_exit_status_follows_the_threshold(self):
        path = self.file('d.json', details(GOOD))
        self.file('list-saml-providers.json', {'SAMLProviderList': [{'Arn': PROVIDER, 'ValidUntil': '2036-01-01T00:00:00Z'}]})
        code, findings, summary = self.review(self.folder)
        self.assertEqual((code, findings), (0, []))
        self.assertTrue(summary['not_checked'])
        self.file('d.json', details({'StringEquals': {'SAML:aud': AUDIENCES[0]}, 'ForAnyValue:StringEquals': {'SAML:edupersonaffiliation': 'staff'}}))
        self.assertEqual(self.review(self.folder)[0], 1)
        self.assertEqual(self.review(self.folder, '--fail-on', 'medium')[0], 0)
        self.assertEqual(run('--fail-on', 'error', path)[0], 2)

    def test_what_lacks_its_data_is_named(self):
        needs = {each['rule']: each['needs'] for each in self.review(self.file('d.json', details(GOOD)))[2]['not_checked']}
        for rule, what in {'map-sod-conflict': 'map', 'drift-trust': 'baseline', 'drift-perm': 'baseline', 'assert-issuer-mismatch': 'assertions',
                           'map-role-unmapped': 'directory', 'sess-max-too-long': 'max_session', 'review-overdue': 'attestations',
                           'trust-saml-provider-missing': 'providers', 'lattice-no-policy': 'lattice', 'sess-chained-over-1h': 'cloudtrail'}.items():
            self.assertEqual(needs.get(rule), what, rule)

    def test_a_map_says_who_gets_which_role(self):
        template = '''version = 1
[[provider]]
id = "sso"
arn = "%s"
[[group]]
id = "staff"
name = "Staff"
[[role]]
id = "reader"
arn = "arn:aws:iam::111122223333:role/reader"
providers = ["sso"]
[[role]]
id = "writer"
arn = "arn:aws:iam::111122223333:role/writer"
providers = ["sso"]
[[edge]]
id = "E1"
who = ["staff"]
through = "%%s"
may = ["s3:GetObject"]
on = ["arn:aws:s3:::nwr-statements/*"]
''' % PROVIDER
        estate = self.file('get-account-authorization-details.json', details(GOOD))
        groups = self.file('groups.csv', 'group,role,provider\nOther,arn:aws:iam::111122223333:role/other,%s\n' % PROVIDER)
        findings = {}
        for through in (None, 'reader', 'writer'):
            drawing = [] if through is None else ['--map', self.file(f'{through}.toml', template % through)]
            _, lines, _ = self.review(estate, groups, *drawing)
            findings[through] = {(line['rule'], line['object']): line for line in lines if line.get('rule', '').startswith('map-role')}
        reader, writer = 'arn:aws:iam::111122223333:role/reader', 'arn:aws:iam::111122223333:role/writer'
        self.assertIn(('map-role-unmapped', reader), findings[None])
        self.assertNotIn(('map-role-unmapped', reader), findings['reader'])
        self.assertIn(('map-role-unmapped', reader), findings['writer'])
        missing = findings['writer'][('map-role-missing', writer)]
        self.assertEqual(os.path.basename(missing['where']['file']), 'writer.toml')
        self.assertEqual(missing['where']['line'], 16)
        code, out, err = run(estate, '--map', self.file('bad.toml', 'version = 1\n[[edge]]\n'), *AT)
        self.assertEqual((code, out), (2, ''))
        self.assertIn('bad.toml:2:', err)

    def test_rules_file(self):
        path = self.file('d.json', details())
        rules = self.file('r.toml', '[severity]\ntrust-saml-idp-only-gate = "off"\ntrust-saml-no-audience = "low"\n'
                                    '[[accept]]\nrule = "trust-saml-no-audience"\nobject = "*:role/reader"\nreason = "moves in January"\nuntil = 2027-01-31\n')
        _, findings, summary = self.review('--rules', rules, path)
        self.assertNotIn('trust-saml-idp-only-gate', [f['rule'] for f in findings])
        accepted = next(f for f in findings if f['rule'] == 'trust-saml-no-audience')
        self.assertEqual(accepted['severity'], 'low')
        self.assertEqual(accepted['suppressed'], {'reason': 'moves in January', 'until': '2027-01-31T23:59:59Z'})
        self.assertEqual(sum(summary['findings'].values()), len(findings) - 1)
        _, out, _ = run('--format', 'json', '--at', '2027-02-01T00:00:00Z', '--rules', rules, path)
        found = [json.loads(line) for line in out.splitlines()][:-1]
        self.assertIn('suppression-expired', [f['rule'] for f in found])
        self.assertNotIn('suppressed', next(f for f in found if f['rule'] == 'trust-saml-no-audience'))

    def test_what_is_accepted_and_not_there_is_told(self):
        path = self.file('get-account-authorization-details.json', details())
        accept = '[[accept]]\nrule = "%s"\nobject = "%s"\nreason = "x"\nuntil = 2027-01-31\n'
        rules = self.file('rules.toml', accept % ('trust-saml-no-audience', '*:role/reader') + accept % ('perm-admin', '*:role/gone') +
                          accept % ('drift-trust', '*') + accept % ('review-overdue', '*'))
        for form in ('json', 'text', 'sarif'):
            _, out, err = run(path, '--rules', rules, '--format', form, *AT)
            told = [line for line in err.splitlines() if 'accepts' in line]
            # Of drift, and of a rule that lacked its data, nobody knows.
            self.assertEqual(len(told), 1, err)
            self.assertIn('perm-admin of *:role/gone', told[0])
            self.assertNotIn('role/gone', out)
        drift = subprocess.run([PROGRAM, 'drift', path, '--baseline', path, '--rules', rules], capture_output=True, text=True, timeout=60)
        self.assertEqual((drift.returncode, [line for line in drift.stderr.splitlines() if 'accepts' in line]),
                         (0, ['gatewardenctl: ' + rules + ' accepts drift-trust of *, and nothing like it was found']))

    def test_mistakes_in_the_rules_file_have_a_place(self):
        path = self.file('d.json', details(GOOD))
        for text, line, word in (('[severity]\nno-such-rule = "low"\n', 2, 'no-such-rule'), ('[limits]\nstale_days = "x"\n', 2, 'stale_days'),
                                 ('[limit]\n', 1, 'limit'), ('a = \n', 1, ''), ('\n[[accept]]\nrule = "perm-admin"\nuntil = 2027-01-01\n', 2, 'reason'),
                                 ('[severity]\nperm-admin = "bad"\n', 2, 'perm-admin')):
            code, out, err = run('--rules', self.file('r.toml', text), path)
            self.assertEqual((code, out), (2, ''), text)
            self.assertIn('Line %d' % line, err, text)
            self.assertIn(word, err)

    def test_csv(self):
        _, findings, _ = self.review(ESTATE)
        _, out, _ = run('--format', 'csv', *AT, ESTATE)
        rows = list(csv.DictReader(io.StringIO(out, newline='')))
        self.assertEqual([(r['rule'], r['object']) for r in rows], [(f['rule'], f['object']) for f in findings])
        self.assertFalse([cell for row in rows for cell in row.values() if cell[:1] in '=+-@' and cell])

    def test_html_is_one_page_without_scripts(self):
        path = self.file('d.json', details(name='<script>alert(1)</script>'))
        _, out, _ = run('--format', 'html', *AT, path)
        tags = []

        class Reader(html.parser.HTMLParser):
            def handle_starttag(self, tag, attrs):
                tags.append(tag)
                self.outer.assertFalse([name for name, _ in attrs if name in ('src', 'href') or name.startswith('on')])
        reader = Reader()
        reader.outer = self
        reader.feed(out)
        self.assertNotIn('script', tags)
        self.assertIn('table', tags)
        self.assertIn('&lt;script&gt;', out)

    def test_text_ends_with_what_was_not_checked(self):
        code, out, _ = run(*AT, ESTATE)
        self.assertEqual(code, 1)
        self.assertIn('trust-saml-idp-only-gate', out)
        self.assertTrue(out.splitlines()[-1].startswith('Not checked'))

    def test_sarif_is_valid(self):
        _, findings, _ = self.review(ESTATE)
        _, out, _ = run('--format', 'sarif', *AT, ESTATE)
        log = json.loads(out)
        check_shape(log, SARIF)
        self.assertEqual(log['version'], '2.1.0')
        results = log['runs'][0]['results']
        self.assertEqual([r['ruleId'] for r in results], [f['rule'] for f in findings])
        rules = [r['id'] for r in log['runs'][0]['tool']['driver']['rules']]
        self.assertEqual(len(rules), len(set(rules)))
        for result in results:
            self.assertEqual(rules[result['ruleIndex']], result['ruleId'])
            self.assertIn(result['level'], ['none', 'note', 'warning', 'error'])
            for location in result['locations']:
                region = location.get('physicalLocation', {}).get('region', {'startLine': 1, 'startColumn': 1})
                self.assertTrue(region['startLine'] >= 1 and region['startColumn'] >= 1)

    def test_the_sample_organisation_has_mistakes_of_most_kinds(self):
        code, findings, summary = self.review(ESTATE)
        rows = {BESIDE.get(f['rule'], f['rule']) for f in findings}
        self.assertGreaterEqual(len(rows), 50, sorted(rows))
        self.assertEqual(code, 1)
        self.assertTrue(all(summary['findings'][each] for each in SEVERITIES), summary)
        # What people sign in to in practice is not among the worst.
        worst = {f['object'].rsplit('/', 1)[1] for f in findings if f['severity'] == 'critical' and '/' in f['object']}
        self.assertEqual(worst, {'payments-admin', 'partner-import'})

    def test_bad_input(self):
        self.assertEqual(run(os.path.join(self.folder, 'nothing'))[0], 2)
        self.assertEqual(run()[0], 2)
        good = self.file('good.json', details())
        cut = self.file('cut.json', json.dumps(details())[:-30])
        code, out, err = run('--format', 'json', *AT, good, cut)
        self.assertEqual(code, 2)
        self.assertIn('cut.json', err)
        self.assertIn('trust-saml-no-audience', out)

    def test_a_malformed_policy_is_told_whatever_it_is(self):
        """Every value of a trust policy becomes something of another type: never a crash, and never silence."""
        def places(value, path=()):
            yield path
            for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
                yield from places(inner, path + (key,))

        def replaced(value, path, other):
            if not path:
                return other
            copy = dict(value) if isinstance(value, dict) else list(value)
            copy[path[0]] = replaced(copy[path[0]], path[1:], other)
            return copy

        whole = trust(GOOD)
        roles = []
        for path in places(whole):
            for other in (None, 5, 'x', [], {}, ['x'], {'x': 'x'}):
                document = replaced(whole, path, other)
                if isinstance(other, str) and path and path[-1] not in ('Statement', 'Effect', 'Action', 'Version', 'Principal', 'Condition'):
                    continue
                role = details()['RoleDetailList'][0]
                role['RoleName'] = 'r%d' % len(roles)
                role['Arn'] = 'arn:aws:iam::111122223333:role/' + role['RoleName']
                role['AssumeRolePolicyDocument'] = document
                roles.append((role, path, other))
        self.assertGreater(len(roles), 80)
        path = self.file('get-account-authorization-details.json', {'RoleDetailList': [role for role, _, _ in roles]})
        code, out, _ = run(path, '--format', 'json', *AT)
        self.assertEqual(code, 1)
        told = {(line['object']) for line in map(json.loads, out.splitlines()) if line.get('severity') == 'error'}
        for role, place, other in roles:
            # No tests at all, and values of tests that are other texts, numbers or lists of them, are well formed.
            legal = 'Condition' in place and (other == {} if len(place) < 5 else other in (5, 'x', [], ['x']))
            if not legal:
                self.assertIn(role['Arn'], told, (place, other))

    def test_nothing_that_is_known_is_no_clean_bill(self):
        for content in ('{}', '[]', '1', 'null', '{"foo": 1}', '', ' \n'):
            code, _, err = run(self.file('a.json', content), *AT)
            self.assertEqual(code, 2, content)
            self.assertIn('a.json', err)
        empty = os.path.join(self.folder, 'empty')
        os.makedirs(empty)
        code, _, err = run(empty, *AT)
        self.assertEqual(code, 2)
        self.assertIn('nothing here', err)
        # Nothing in it is something else.
        self.assertEqual(run(self.file('list-saml-providers.json', {'SAMLProviderList': []}), *AT)[0], 0)

    def test_lists_that_are_none_are_told(self):
        for wrong in (None, 5, 'x', {}):
            code, _, err = run(self.file('d.json', {'RoleDetailList': wrong, 'UserDetailList': []}), *AT)
            self.assertEqual(code, 2, wrong)
            self.assertIn('RoleDetailList is no list', err)

    def test_standard_input(self):
        done = subprocess.run([PROGRAM, 'review', '-', '--format', 'json', *AT], input=json.dumps(details()), capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertIn('trust-saml-no-audience', done.stdout)

    def test_an_end_may_be_a_time_of_toml(self):
        file = self.file('d.json', details())
        rules = self.file('r.toml', '[[accept]]\nrule = "trust-saml-no-audience"\nobject = "arn:aws:iam::111122223333:role/reader"\n'
                          'reason = "r"\nuntil = 2026-12-31T00:00:00+01:00\n')
        code, out, err = run(file, '--rules', rules, '--format', 'json', *AT)
        self.assertEqual(err, '')
        self.assertIn('"until":"2026-12-30T23:00:00Z"', out)

    def test_time_does_not_grow_with_the_square(self):
        """Many places of one finding in a document of one line."""
        patterns = ['https://' + '*a' * 50 + str(number) for number in range(200)]
        document = {'Version': '2012-10-17', 'Statement': [trust({'StringLike': {'SAML:aud': patterns}})['Statement'][0] for _ in range(40)]}
        details_ = details()
        details_['RoleDetailList'][0]['AssumeRolePolicyDocument'] = document
        path = self.file('d.json', json.dumps(details_))
        before = os.times()
        run(path, '--format', 'json', *AT)
        after = os.times()
        self.assertLess(after.children_user - before.children_user, 10)

    def test_the_same_twice_is_the_same(self):
        self.assertEqual(run('--format', 'json', *AT, ESTATE)[1], run('--format', 'json', *AT, ESTATE)[1])


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
