#!/usr/bin/env python3
"""Runs the real gatewardenctl: map new, validate, compile, prove. map_test.py GATEWARDENCTL SOURCE_DIR"""
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

# As the README has it.
EIGHT = '''version = 1
[[edge]]
id = "E1"
who = "role:arn:aws:iam::111122223333:role/payments-operator"
may = ["s3:GetObject", "s3:ListBucket"]
on = ["arn:aws:s3:::refunds", "arn:aws:s3:::refunds/*"]
when = { "aws:PrincipalTag/team" = "payments" }
expires = 2027-06-30
'''


def tearDownModule():  # pylint: disable=invalid-name
    PLACE.cleanup()


def run(*words):
    done = subprocess.run([CTL, *words], capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def written(text, name='map.toml'):
    path = os.path.join(tempfile.mkdtemp(dir=PLACE.name), name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def rows(*words):
    code, out, err = run(*words, *AT, '--format', 'json')
    return code, [json.loads(line) for line in out.splitlines()], err


class New(unittest.TestCase):
    def test_begins_a_map_and_never_replaces_one(self):
        path = os.path.join(tempfile.mkdtemp(dir=PLACE.name), 'new.toml')
        self.assertEqual(run('map', 'new', path)[0], 0)
        code, (told,), err = rows('map', 'validate', path)
        self.assertEqual((code, told['edges'], told['problems'], err), (0, 0, [], ''))
        with open(path, 'a', encoding='utf-8') as file:
            file.write('# mine\n')
        code, _, err = run('map', 'new', path)
        self.assertEqual(code, 2)
        self.assertIn('is there already', err)
        with open(path, encoding='utf-8') as file:
            self.assertTrue(file.read().endswith('# mine\n'))

    def test_its_example_is_good_once_it_is_no_comment(self):
        _, out, _ = run('map', 'new', '-')
        lines = out.splitlines()
        start = lines.index('# [[provider]]')
        text = '\n'.join(lines[:start] + [line[2:] if line.startswith('# ') else line.lstrip('#') for line in lines[start:]])
        code, (told,), _ = rows('map', 'validate', written(text))
        # Where the API is, only an estate can tell.
        self.assertEqual([each['problem'] for each in told['problems']], ['map.unresolved'])
        self.assertEqual(code, 1)


class Validate(unittest.TestCase):
    def test_tells_every_mistake_with_its_place(self):
        path = written('version = 1\n[[edge]]\nid = "E1"\nwhoo = "anyone"\nmay = "GET"\non = "route:a/prod"\n[[groop]]\nid = "a"\n')
        code, out, err = run('map', 'validate', path, *AT)
        self.assertEqual(code, 2)
        self.assertIn('cannot be compiled', out)
        self.assertIn(f'{path}:4:1: The map has a key that is not known', err)
        self.assertIn('the nearest is “who”', err)
        self.assertIn(f'{path}:7:1: The map has a section that is not known', err)
        self.assertIn('the nearest is [[group]]', err)

    def test_no_toml_and_no_file(self):
        code, out, err = run('map', 'validate', written('version = 1\n<<<<<<< ours\n'), *AT)
        self.assertEqual((code, out), (2, ''))
        self.assertIn('unresolved merge', err)
        self.assertEqual(run('map', 'validate', os.path.join(PLACE.name, 'none.toml'))[0], 2)

    def test_notes_do_not_stop(self):
        code, (told,), _ = rows('map', 'validate', written(EIGHT.replace('2027-06-30', '2026-01-01')))
        self.assertEqual((code, told['usable']), (1, True))
        self.assertEqual([(each['problem'], each['severity']) for each in told['problems']], [('map.expired', 'warning')])


class Compile(unittest.TestCase):
    def test_writes_one_file_for_each(self):
        folder = os.path.join(tempfile.mkdtemp(dir=PLACE.name), 'out')
        code, lines, err = rows('map', 'compile', written(EIGHT), '--out', folder)
        self.assertEqual((code, err), (0, ''))
        (one, last) = lines
        self.assertEqual((one['target'], one['kind'], one['edges']), ('iam', 'inline-policy', ['E1']))
        self.assertEqual(last, {'summary': {'artefacts': 1, 'losses': []}})
        path = os.path.join(folder, one['file'])
        with open(path, encoding='utf-8') as file:
            policy = json.load(file)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        (statement,) = policy['Statement']
        self.assertEqual(statement['Sid'], 'gwE1')
        self.assertEqual(statement['Condition'], {'DateLessThan': {'aws:CurrentTime': '2027-06-30T00:00:00Z'},
                                                  'StringEquals': {'aws:PrincipalTag/team': 'payments'}})

    def test_what_cannot_be_held_is_refused(self):
        text = EIGHT.replace('when = {', 'when = { header.X-A = "1",')
        code, lines, _ = rows('map', 'compile', written(text))
        self.assertEqual(code, 1)
        self.assertEqual(len(lines), 1)
        (loss,) = lines[0]['summary']['losses']
        self.assertEqual((loss['edge'], loss['target'], loss['what'], loss['accepted']), ('E1', 'iam', 'header', False))
        code, lines, _ = rows('map', 'compile', written(text + 'accept = "iam: header"\n'))
        self.assertEqual((code, len(lines)), (0, 2))
        code, out, _ = run('map', 'compile', written(text), *AT)
        self.assertIn('refused', out)

    def test_an_unknown_target(self):
        code, _, err = run('map', 'compile', written(EIGHT), '--target', 'iam,azure')
        self.assertEqual(code, 2)
        self.assertIn('azure', err)
        for none in ('', 'iam,,lattice'):
            code, out, err = run('map', 'prove', written(EIGHT), '--target', none)
            self.assertEqual((code, out), (2, ''), err)


class Prove(unittest.TestCase):
    def test_the_eight_lines(self):
        self.assertEqual(len(EIGHT.splitlines()), 8)
        code, lines, err = rows('map', 'prove', written(EIGHT), '--target', 'iam')
        self.assertEqual((code, err), (0, ''))
        (proof,) = lines
        self.assertEqual((proof['target'], proof['edges'], proof['surplus'], proof['missing'], proof['exhaustive']), ('iam', 1, [], [], True))
        self.assertGreater(proof['checked'], 20)
        code, out, _ = run('map', 'prove', written(EIGHT), *AT)
        self.assertEqual(code, 0)
        self.assertIn('grants exactly what the map says', out)

    def test_what_is_refused_is_missing(self):
        code, lines, _ = rows('map', 'prove', written(EIGHT.replace('when = {', 'when = { header.X-A = "1",')), '--target', 'iam')
        self.assertEqual(code, 1)
        self.assertEqual(lines[0]['missing'][0]['edge'], 'E1')
        self.assertEqual(lines[0]['inexpressible'][0]['what'], 'header')


class Export(unittest.TestCase):
    def export(self, text, kind, *more):
        folder = os.path.join(tempfile.mkdtemp(dir=PLACE.name), 'out')
        code, out, err = run('map', 'export', written(text), '--format', kind, '--out', folder, *AT, *more)
        self.assertEqual(err, '')
        with open(os.path.join(folder, 'export.json'), encoding='utf-8') as file:
            return code, out, folder, json.load(file)

    def test_writes_files_and_a_report(self):
        for kind, name in (('cloudformation', '111122223333/us-east-1/gatewarden.template.json'), ('terraform', '111122223333/us-east-1/gatewarden.tf.json'),
                           ('cli', '0001-iam-put-role-policy-payments-operator.json')):
            with self.subTest(kind):
                code, _, folder, told = self.export(EIGHT, kind)
                self.assertEqual((code, told['format'], told['losses'], told['not_compiled']), (0, kind, [], []))
                self.assertIn(name, told['files'])
                for each in [*told['files'], 'export.json']:
                    path = os.path.join(folder, each)
                    self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
                    with open(path, encoding='utf-8') as file:
                        json.load(file)
                with open(os.path.join(folder, name), encoding='utf-8') as file:
                    self.assertIn('gwE1', file.read())

    def test_what_is_exported_is_an_estate_that_is_read(self):
        _, _, folder, _ = self.export(EIGHT, 'terraform')
        code, out, _ = run('estate', 'show', folder, '--kind', 'role', '--format', 'json')
        self.assertEqual((code, json.loads(out.splitlines()[0])['arn']), (0, 'arn:aws:iam::111122223333:role/payments-operator'))

    def test_tells_what_it_does_not_carry(self):
        text = EIGHT + ('[[edge]]\nid = "E2"\nwho = "account:444455556666"\nmay = "GET"\n'
                        'on = "shop"\n[[route]]\nid = "shop"\napi = "a1b2c3d4e5"\nstage = "prod"\naccount = "111122223333"\nregion = "eu-west-1"\n')
        code, out, _, told = self.export(text, 'cloudformation')
        self.assertEqual(code, 1)
        self.assertEqual([(each['what'], each['edges'], each['carried']) for each in told['losses']], [('owns-api', ['E2'], False), ('route-unknown', ['E2'], False)])
        self.assertIn('property of the API', out)
        code, _, _, told = self.export(text, 'envoy')
        self.assertEqual((code, told['files'], {each['what'] for each in told['losses']}), (0, [], {'other-format'}))

    def test_needs_a_format_and_a_folder(self):
        code, _, err = run('map', 'export', written(EIGHT), '--format', 'pulumi', '--out', PLACE.name)
        self.assertEqual(code, 2)
        self.assertIn('cloudformation|terraform', err)
        self.assertEqual(run('map', 'export', written(EIGHT), '--format', 'cli')[0], 2)


class Import(unittest.TestCase):
    def exported(self, text):
        folder = os.path.join(tempfile.mkdtemp(dir=PLACE.name), 'out')
        self.assertEqual(run('map', 'export', written(text), '--format', 'cloudformation', '--out', folder, *AT)[0], 0)
        os.remove(os.path.join(folder, 'export.json'))
        return folder

    def test_makes_a_map_that_means_the_same(self):
        folder = self.exported(EIGHT)
        path = os.path.join(tempfile.mkdtemp(dir=PLACE.name), 'new.toml')
        code, (told,), err = rows('map', 'import', folder, '-o', path)
        self.assertEqual((code, told['added'], told['unsaid'], err), (0, 1, [], ''))
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        code, out, _ = run('map', 'import', folder, '-o', '-', *AT)
        self.assertEqual(code, 0)
        with open(path, encoding='utf-8') as file:
            self.assertEqual(file.read(), out)
        self.assertIn('id = "E1"', out)
        for one, other in ((path, written(EIGHT)), (written(EIGHT), path)):
            _, lines, _ = rows('map', 'compile', one, '--target', 'iam')
            _, others, _ = rows('map', 'compile', other, '--target', 'iam')
            self.assertEqual(json.loads(lines[0]['text']), json.loads(others[0]['text']))

    def test_edits_only_what_differs(self):
        folder = self.exported(EIGHT.replace('s3:ListBucket', 's3:PutObject'))
        path = written('# Ours.\n' + EIGHT + 'owner = "us" # and nobody else\n')
        code, (told,), _ = rows('map', 'import', path, '--estate', folder)
        self.assertEqual((code, told['kept'], told['changed'], told['added'], told['removed']), (0, 0, 1, 0, 0))
        with open(path, encoding='utf-8') as file:
            text = file.read()
        self.assertEqual(text, '# Ours.\n' + EIGHT.replace('s3:ListBucket', 's3:PutObject') + 'owner = "us" # and nobody else\n')
        before = os.stat(path).st_mtime_ns
        self.assertEqual(rows('map', 'import', path, folder)[1][0]['kept'], 1)
        self.assertEqual(os.stat(path).st_mtime_ns, before)

    def test_of_an_organisation_is_a_map(self):
        estate = os.path.join(SOURCE, 'resources/practice/estate')
        path = os.path.join(tempfile.mkdtemp(dir=PLACE.name), 'all.toml')
        code, (told,), err = rows('map', 'import', estate, '-o', path)
        self.assertEqual((code, err), (1, ''))
        self.assertGreater(told['added'], 50)
        self.assertIn(('OnlyOurOrganization', True), [(each['sid'], each['deny']) for each in told['unsaid']])
        for more in ((), ('--estate', estate)):
            code, out, err = run('map', 'validate', path, *more, *AT)
            self.assertEqual((code, err), (0, ''), out)
        out = run('map', 'import', estate, '-o', path)[1]
        self.assertIn('the map may say more than the estate lets happen', out)

    def test_needs_somewhere_to_write(self):
        code, _, err = run('map', 'import', PLACE.name)
        self.assertEqual(code, 2)
        self.assertIn('-o', err)


class Drift(unittest.TestCase):
    def test_tells_what_the_estate_has_beside_the_map(self):
        folder = os.path.join(tempfile.mkdtemp(dir=PLACE.name), 'out')
        # With its trust policy the role is declared altogether, so that what is not there is not.
        path = written(EIGHT + '[[edge]]\nid = "E2"\nwho = "service:ec2.amazonaws.com"\nthrough = "role:arn:aws:iam::111122223333:role/payments-operator"\n')
        self.assertEqual(run('map', 'export', path, '--format', 'terraform', '--out', folder, *AT)[0], 0)
        code, lines, _ = rows('drift', '--baseline', path, folder)
        self.assertEqual(code, 0)
        self.assertEqual((lines[-1]['summary']['gained'], lines[-1]['summary']['lost']), (0, 0))
        file = os.path.join(folder, '111122223333/us-east-1/gatewarden.tf.json')
        with open(file, encoding='utf-8') as opened:
            text = opened.read()
        with open(file, 'w', encoding='utf-8') as opened:
            opened.write(text.replace('s3:ListBucket', 's3:DeleteBucket'))
        code, lines, _ = rows('drift', '--baseline', path, folder)
        self.assertEqual(code, 1)
        told = {(each['change'], each['edge'], each['action'], each['in']['intent'], each['in']['live']) for each in lines[:-1]}
        self.assertIn(('lost', 'E1', 's3:listbucket', True, False), told)
        self.assertIn(('gained', 'E1', 's3:deletebucket', False, True), told)
        code, out, _ = run('drift', '--baseline', path, folder, *AT)
        self.assertEqual(code, 1)
        self.assertIn('in the estate only', out)
        self.assertIn('in the map only', out)

    def test_a_map_with_mistakes_is_no_baseline(self):
        code, _, err = run('drift', '--baseline', written('version = 1\n[[edge]]\nid = "E1"\n'), PLACE.name)
        self.assertEqual(code, 2)
        self.assertIn('map.toml:', err)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
