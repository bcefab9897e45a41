#!/usr/bin/env python3
"""What `map export` writes, before programs that nobody here wrote: templates before cfn-lint, input of calls before the AWS CLI.

export_test.py GATEWARDENCTL SOURCE_DIR
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

CTL = os.path.abspath(sys.argv.pop(1))
SOURCE = pathlib.Path(sys.argv.pop(1))
LINT = SOURCE / 'tests/peers/cfn-lint.sh'
AT = ('--at', '2026-11-30T12:00:00Z')

# One of everything that a policy of AWS's can hold.
SHOP = '''version = 1
[[provider]]
id = "okta"
arn = "arn:aws:iam::111122223333:saml-provider/Okta"
[[role]]
id = "operator"
arn = "arn:aws:iam::111122223333:role/shop/payments-operator"
providers = ["okta"]
tags = true
[[workload]]
id = "orders-web"
role = "arn:aws:iam::111122223333:role/orders-task"
runs_on = "ecs"
[[route]]
id = "refunds"
api = "a1b2c3d4e5"
stage = "prod"
account = "111122223333"
region = "eu-west-1"
[[mesh-service]]
id = "payments"
lattice = "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0"
network = "arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-0123456789abcdef0"
[[edge]]
id = "E1"
who = ["group:Payments-Ops"]
through = "operator"
may = ["GET", "POST"]
on = "refunds"
paths = ["/refunds/**"]
when = { mfa = true, "aws:PrincipalTag/team" = ["payments", "core"] }
expires = 2027-03-01
[[edge]]
id = "E2"
who = "role:arn:aws:iam::444455556666:role/auditor"
may = "GET"
on = "refunds"
paths = ["/refunds"]
[[edge]]
id = "E3"
who = "orders-web"
may = ["GET", "POST"]
on = "payments"
paths = ["/orders/**", "/health"]
when = { header.X-Tenant = ["eu"] }
[[edge]]
id = "E4"
who = ["operator", "service:events.amazonaws.com", "account:444455556666"]
may = "invoke"
on = "function:arn:aws:lambda:eu-west-1:111122223333:function:settle"
[[edge]]
id = "E5"
who = ["orders-web"]
may = ["s3:GetObject"]
on = "arn:aws:s3:::home/team/*"
'''


CHECK = '''
import json, sys
from awscli.botocore.session import Session
from awscli.botocore.validate import ParamValidator
for service, operation, path in json.load(sys.stdin):
    name = "".join(word.capitalize() for word in operation.split("-"))
    shape = Session().get_service_model(service).operation_model(name).input_shape
    with open(path, encoding="utf-8") as file:
        report = ParamValidator().validate(json.load(file), shape)
    if report.has_errors():
        print(path, report.generate_report())
'''


def large():
    """More than an inline policy holds, so that managed ones are made."""
    text = SHOP
    for number in range(60):
        text += f'[[edge]]\nid = "L{number}x"\nwho = "operator"\nmay = ["s3:GetObject"]\non = "arn:aws:s3:::{"b" * 40}-{number}/{"x" * 100}/*"\nwhen = {{ "aws:PrincipalTag/cell" = "c{number}" }}\n'
    return text


class Exports(unittest.TestCase):
    def setUp(self):
        self.place = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def export(self, text, kind, name=None, expected=(0, 1)):
        map_file = self.place / 'map.toml'
        map_file.write_text(text, encoding='utf-8')
        out = self.place / (name or kind)
        done = subprocess.run([CTL, 'map', 'export', str(map_file), '--format', kind, '--out', str(out), *AT], capture_output=True, text=True, timeout=120, check=False)
        self.assertIn(done.returncode, expected, done.stderr)
        return out

    def lint(self, out):
        templates = sorted(out.rglob('*.template.json'))
        self.assertTrue(templates)
        for template in templates:
            done = subprocess.run(['bash', str(LINT), '--non-zero-exit-code', 'warning', '--regions', template.parent.name, '--', str(template)],
                                  capture_output=True, text=True, timeout=400, check=False)
            self.assertEqual((done.returncode, done.stdout), (0, ''), done.stderr)
        return templates

    def test_templates_are_good(self):
        types = set()
        for text in (SHOP, large()):
            for template in self.lint(self.export(text, 'cloudformation')):
                types |= {each['Type'] for each in json.loads(template.read_text(encoding='utf-8'))['Resources'].values()}
        self.assertEqual(types, {'AWS::IAM::Role', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy', 'AWS::VpcLattice::AuthPolicy', 'AWS::Lambda::Permission'})

    def test_the_linter_is_no_decoration(self):
        template = next(iter(self.export(SHOP, 'cloudformation').rglob('us-east-1/*.template.json')))
        template.write_text(template.read_text(encoding='utf-8').replace('"RoleName"', '"RoleNames"'), encoding='utf-8')
        done = subprocess.run(['bash', str(LINT), '--', str(template)], capture_output=True, text=True, timeout=400, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn('RoleNames', done.stdout)

    def test_the_command_line_takes_every_call(self):
        services, calls = set(), []
        for number, text in enumerate((SHOP, large())):
            out = self.export(text, 'cli', name=f'cli{number}')
            for step in json.loads((out / 'order.json').read_text(encoding='utf-8'))['steps']:
                services.add(step['command'][1])
                calls.append([*step['command'][1:3], str(out / step['command'][-1].removeprefix('file://'))])
        self.assertEqual(services, {'iam', 'apigateway', 'lambda', 'vpc-lattice'})
        # In one process of its own Python, with the models that it checks its input by; Debian's is older than Lattice.
        done = subprocess.run(['/usr/bin/python3', '-c', CHECK], input=json.dumps([each for each in calls if each[0] != 'vpc-lattice']),
                              capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ''), done.stderr)
        call = next(each for each in calls if each[1] == 'put-role-policy')
        environment = {'PATH': os.environ['PATH'], 'HOME': str(self.place), 'AWS_EC2_METADATA_DISABLED': 'true'}
        done = subprocess.run(['/usr/bin/aws', *call[:2], '--region', 'us-east-1', '--cli-input-json', 'file://' + call[2], '--generate-cli-skeleton', 'output'],
                              env=environment, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
