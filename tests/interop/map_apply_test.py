#!/usr/bin/env python3
"""gatewardenctl map plan and map apply against moto: a map of everything that moto has is planned, applied, read again and found
unchanged; refused where somebody was there before; resumed and taken back where it stopped in between. VPC Lattice, of which moto has
no policies, is played by a few lines here.

map_apply_test.py GATEWARDENCTL
"""
import hashlib
import http.server
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

from peers import Peer

try:
    import boto3
    from botocore.config import Config
except ImportError:
    print('SKIPPED: boto3 is not installed (python3-boto3)')
    sys.exit(77)

CTL = os.path.abspath(sys.argv.pop(1))
REGION, ACCOUNT = 'eu-west-1', '123456789012'
PROVIDER = f'arn:aws:iam::{ACCOUNT}:saml-provider/Okta'
FUNCTION = f'arn:aws:lambda:{REGION}:{ACCOUNT}:function:settle'
SERVICE = f'arn:aws:vpc-lattice:{REGION}:{ACCOUNT}:service/svc-0123456789abcdef0'
HAND = {'Sid': 'Hand', 'Effect': 'Allow', 'Action': 'sqs:SendMessage', 'Resource': '*'}
ECS = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'ecs-tasks.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}


def policy(*statements):
    return json.dumps({'Version': '2012-10-17', 'Statement': list(statements)})


class Lattice(http.server.ThreadingHTTPServer):
    """Auth policies of VPC Lattice as its API has them; everything else is moto's, but for UpdateMethod. May answer late, throttle
    and fail."""

    def __init__(self, moto):
        super().__init__(('127.0.0.1', 0), Handler)
        self.moto, self.policies, self.state = moto, {}, 'Active'
        self.late, self.throttled, self.calls, self.refuse = 0, 0, [], None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f'http://127.0.0.1:{self.server_address[1]}'


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass

    def reply(self, status, body, headers=()):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def handle_call(self):
        server = self.server
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        changes = self.command != 'GET' and b'Action=Get' not in body and b'Action=List' not in body
        if changes:
            server.calls.append((self.command, self.path, body.decode()))
        if server.throttled and changes:
            server.throttled -= 1
            return self.reply(429, {'message': 'slow down'}, [('x-amzn-errortype', 'ThrottlingException')])
        if changes and server.refuse and server.refuse in self.path + ' ' + body.decode():
            return self.reply(400, {'message': 'no: this is a test'}, [('x-amzn-errortype', 'ValidationException')])
        if self.path.startswith('/authpolicy/'):
            return self.auth_policy(body)
        if self.command == 'PATCH' and '/methods/' in self.path:
            return self.update_method(json.loads(body))
        path = self.path
        if self.command == 'DELETE' and 'RevisionId=' in path:
            # moto compares the id with a list that holds it.
            path, _, revision = path.partition('?RevisionId=')
            with self.ask('GET', path.rsplit('/', 1)[0], b'') as answer:
                if json.load(answer)['RevisionId'] != revision:
                    return self.reply(412, {'message': 'another revision'}, [('x-amzn-errortype', 'PreconditionFailedException')])
        self.pass_on(self.command, path, body)

    def update_method(self, body):
        """What moto lacks: it knows PutMethod, which makes the method anew, without its integration."""
        (operation,) = body['patchOperations']
        assert (operation['op'], operation['path']) == ('replace', '/authorizationType'), operation
        self.ask('PUT', self.path, json.dumps({'authorizationType': operation['value']}).encode())
        self.ask('PUT', self.path + '/integration', json.dumps({'type': 'MOCK'}).encode())
        self.pass_on('GET', self.path, b'')

    def ask(self, method, path, body):
        request = urllib.request.Request(self.server.moto + path, data=body or None, method=method,
                                         headers={name: value for name, value in self.headers.items() if name.lower() not in ('host', 'content-length')})
        request.add_header('Host', self.server.moto.split('//')[1])
        return urllib.request.urlopen(request)

    def pass_on(self, method, path, body):
        try:
            with self.ask(method, path, body) as answer:
                return self.reply(answer.status, answer.read(), [('Content-Type', answer.headers.get('Content-Type', ''))])
        except urllib.error.HTTPError as error:
            kind = [(name, error.headers[name]) for name in ('x-amzn-errortype', 'Content-Type') if error.headers.get(name)]
            return self.reply(error.code, error.read(), kind)

    def auth_policy(self, body):
        server, name = self.server, self.path.rsplit('/', 1)[1]
        if self.command == 'GET':
            held = server.policies.get(name)
            if held and held[1] > 0:  # not seen everywhere as yet
                server.policies[name] = (held[0], held[1] - 1, held[2])
                held = held[2]
            if not held or not held[0]:
                return self.reply(404, {'message': 'none'}, [('x-amzn-errortype', 'ResourceNotFoundException')])
            return self.reply(200, {'policy': held[0], 'state': server.state})
        before = server.policies.get(name)
        text = json.loads(body)['policy'] if self.command == 'PUT' else ''
        if '\n' in text:
            return self.reply(400, {'message': 'line break'}, [('x-amzn-errortype', 'ValidationException')])
        server.policies[name] = (text, server.late, before)
        return self.reply(200, {'policy': text, 'state': server.state} if text else {})

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_call


class Apply(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = Peer('moto.sh')
        cls.peer.__enter__()
        cls.moto = cls.peer['URL']

    @classmethod
    def tearDownClass(cls):
        cls.peer.__exit__(None, None, None)

    def setUp(self):
        urllib.request.urlopen(urllib.request.Request(self.moto + '/moto-api/reset', data=b'', method='POST'))
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)
        self.lattice = Lattice(self.moto)
        self.addCleanup(self.lattice.server_close)
        self.addCleanup(self.lattice.shutdown)
        self.fill()

    def client(self, service):
        return boto3.client(service, endpoint_url=self.moto, region_name=REGION, aws_access_key_id='test', aws_secret_access_key='test',
                            config=Config(parameter_validation=False))

    def fill(self):
        self.iam = self.client('iam')
        for name in ('desk', 'orders-task'):
            self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(ECS))
        self.iam.put_role_policy(RoleName='desk', PolicyName='by-hand', PolicyDocument=policy(HAND, {
            'Sid': 'gwOld', 'Effect': 'Allow', 'Action': 's3:PutObject', 'Resource': '*'}))
        rest = self.client('apigateway')
        self.api = rest.create_rest_api(name='payments')['id']
        top = rest.get_resources(restApiId=self.api)['items'][0]['id']
        self.refunds = rest.create_resource(restApiId=self.api, parentId=top, pathPart='refunds')['id']
        for method in ('GET', 'POST'):
            rest.put_method(restApiId=self.api, resourceId=self.refunds, httpMethod=method, authorizationType='NONE')
            rest.put_integration(restApiId=self.api, resourceId=self.refunds, httpMethod=method, type='MOCK')
        self.first = rest.create_deployment(restApiId=self.api, stageName='prod')['id']
        http_api = self.client('apigatewayv2')
        self.http = http_api.create_api(Name='orders', ProtocolType='HTTP')['ApiId']
        self.route = http_api.create_route(ApiId=self.http, RouteKey='GET /orders', AuthorizationType='NONE')['RouteId']
        http_api.create_stage(ApiId=self.http, StageName='live', AutoDeploy=True)
        functions = self.client('lambda')
        functions.create_function(FunctionName='settle', Runtime='python3.12', Role=f'arn:aws:iam::{ACCOUNT}:role/desk', Handler='x.y', Code={'ZipFile': b'x'})
        functions.add_permission(FunctionName='settle', StatementId='hand', Action='lambda:InvokeFunction', Principal='s3.amazonaws.com')
        self.lattice.policies['svc-0123456789abcdef0'] = (policy({'Sid': 'Hand', 'Effect': 'Deny', 'Principal': '*', 'Action': '*', 'Resource': '*', 'Condition': {
            'StringEquals': {'aws:PrincipalType': 'Anonymous'}}}), 0, None)
        self.map = self.folder / 'map.toml'
        self.map.write_text(f'''version = 1
[[provider]]
id = "okta"
arn = "{PROVIDER}"
[[role]]
id = "desk"
arn = "arn:aws:iam::{ACCOUNT}:role/desk"
providers = ["okta"]
[[role]]
id = "fresh"
arn = "arn:aws:iam::{ACCOUNT}:role/teams/fresh"
[[workload]]
id = "orders"
role = "arn:aws:iam::{ACCOUNT}:role/orders-task"
runs_on = "ecs"
[[mesh-service]]
id = "svc"
lattice = "{SERVICE}"
[[edge]]
id = "E1"
who = "group:Desk"
through = "desk"
may = ["GET", "POST"]
on = "route:{self.api}/prod/refunds"
[[edge]]
id = "E2"
who = "account:444455556666"
may = "GET"
on = "route:{self.api}/prod/refunds"
[[edge]]
id = "E3"
who = "orders"
may = "GET"
on = "route:{self.http}/live/orders"
[[edge]]
id = "E4"
who = "orders"
may = ["GET", "POST"]
on = "svc"
[[edge]]
id = "E5"
who = "service:events.amazonaws.com"
may = "invoke"
on = "function:{FUNCTION}"
when = {{ "aws:SourceAccount" = "{ACCOUNT}" }}
[[edge]]
id = "E6"
who = "orders"
may = "assume"
on = "fresh"
[[edge]]
id = "E7"
who = "fresh"
may = "s3:GetObject"
on = "arn:aws:s3:::ledger/*"
''', encoding='utf-8')

    def words(self, *words):
        return ([CTL, *words], {'PATH': '/usr/bin:/bin', 'HOME': str(self.folder), 'AWS_ENDPOINT_URL': self.lattice.url, 'AWS_ACCESS_KEY_ID': 'test',
                                'AWS_SECRET_ACCESS_KEY': 'test'})

    def run_ctl(self, *words):
        command, surroundings = self.words(*words)
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=surroundings, check=False)
        return done.returncode, done.stdout, done.stderr

    def estate(self):
        """What AWS has now: moto's by a live read, Lattice's as its calls would be saved."""
        place = self.folder / 'estate'
        code, _, told = self.run_ctl('estate', 'import', '--live', '--region', REGION, '--max-age', '0', '--answers', str(self.folder / 'answers'), '-o', str(place))
        self.assertIn(code, (0, 1), told)
        below = self.folder / ACCOUNT / REGION
        below.mkdir(parents=True, exist_ok=True)
        (below / 'get-service-svc-0123456789abcdef0.json').write_text(json.dumps({'arn': SERVICE, 'id': 'svc-0123456789abcdef0', 'name': 'svc', 'authType': 'AWS_IAM'}))
        held = self.lattice.policies.get('svc-0123456789abcdef0')
        (below / 'get-auth-policy-svc-0123456789abcdef0.json').write_text(json.dumps({'policy': held[0], 'state': 'Active'} if held and held[0] else {'state': 'Active', 'policy': ''}))
        return [str(place), str(self.folder / ACCOUNT)]

    def plan(self, *more):
        code, out, err = self.run_ctl('map', 'plan', str(self.map), '--estate', *self.estate(), '--format', 'json', '--target', 'iam,apigateway,lattice,lambda', *more)
        return code, [json.loads(line) for line in out.splitlines()], err

    def saved(self):
        path = str(self.folder / 'plan.json')
        code, lines, err = self.plan('--save', path)
        self.assertEqual(code, 3, err)
        self.assertEqual([line['unplanned'] for line in lines if 'unplanned' in line], [], err)
        return path, [line for line in lines if 'step' in line]

    def apply(self, *words):
        code, out, err = self.run_ctl('map', 'apply', *words, '--format', 'json')
        lines = [json.loads(line) for line in out.splitlines()]
        return code, lines[-1]['summary'] if lines else None, err

    def everything(self):
        """What there is of what the map speaks of."""
        rest, functions = self.client('apigateway'), self.client('lambda')
        roles = {}
        for role in self.iam.list_roles()['Roles']:
            names = self.iam.list_role_policies(RoleName=role['RoleName'])['PolicyNames']
            roles[role['RoleName']] = (role['AssumeRolePolicyDocument'], {name: self.iam.get_role_policy(RoleName=role['RoleName'], PolicyName=name)['PolicyDocument']
                                                                           for name in sorted(names)})
        return {'roles': roles, 'policy': json.loads(rest.get_rest_api(restApiId=self.api).get('policy') or 'null'),
                'methods': [rest.get_method(restApiId=self.api, resourceId=self.refunds, httpMethod=method)['authorizationType'] for method in ('GET', 'POST')],
                'deployment': rest.get_stage(restApiId=self.api, stageName='prod')['deploymentId'],
                'route': self.client('apigatewayv2').get_route(ApiId=self.http, RouteId=self.route)['AuthorizationType'],
                'function': sorted(each['Sid'] for each in json.loads(functions.get_policy(FunctionName='settle')['Policy'])['Statement']),
                'lattice': json.loads(self.lattice.policies['svc-0123456789abcdef0'][0] or 'null')}

    def test_plan_apply_read_again_and_back(self):
        before = self.everything()
        path, steps = self.saved()
        self.assertGreaterEqual({each['kind'] for each in steps}, {'trust-policy', 'inline-policy', 'api-policy', 'route-authorization', 'auth-policy',
                                                                   'function-permission', 'deployment'})
        self.lattice.throttled = 2
        self.lattice.late = 2
        begun = time.monotonic()
        code, summary, err = self.apply(path)
        print(f'{len(steps)} steps applied in {time.monotonic() - begun:.1f} s', file=sys.stderr)
        self.assertEqual((code, err), (0, ''))
        self.assertEqual((summary['done'], summary['failed']), (len(steps), 0))
        now = self.everything()
        self.assertEqual(now['methods'], ['AWS_IAM', 'AWS_IAM'])
        self.assertEqual(now['route'], 'AWS_IAM')
        self.assertEqual(now['function'], ['gwE5', 'hand'])
        self.assertNotEqual(now['deployment'], self.first)
        self.assertEqual([each['Sid'] for each in now['lattice']['Statement']], ['Hand', 'gwE4'])
        self.assertEqual([each['Sid'] for each in now['roles']['desk'][1]['by-hand']['Statement']], ['Hand', 'gwE1'])
        self.assertEqual(self.iam.get_role(RoleName='fresh')['Role']['Path'], '/teams/')

        # Nothing is left to do, as AWS has it.
        code, lines, err = self.plan()
        self.assertEqual((code, [line for line in lines if 'step' in line]), (0, []), err)
        # Nor by the plan itself.
        self.lattice.calls.clear()
        code, summary, err = self.apply(path)
        self.assertEqual((code, summary['already'], err), (0, len(steps), ''))
        self.assertEqual(self.lattice.calls, [])

        code, summary, err = self.apply(path, '--revert')
        self.assertEqual((code, err), (0, ''), summary)
        back = self.everything()
        self.assertEqual(back, before)

    def test_what_changed_behind_its_back_is_refused(self):
        path, steps = self.saved()
        self.iam.put_role_policy(RoleName='desk', PolicyName='by-hand', PolicyDocument=policy(HAND))
        before = self.everything()
        self.lattice.calls.clear()
        code, summary, err = self.apply(path)
        self.assertEqual((code, summary['done'], summary['error']['error']), (1, 0, 'apply.estate_changed'))
        self.assertIn('Nothing was done', err)
        self.assertEqual([steps_of['name'] for steps_of in steps if steps_of['step'] in summary['changed']], ['by-hand'])
        self.assertEqual((self.everything(), self.lattice.calls), (before, []))

    def test_it_stops_goes_on_and_goes_back(self):
        before = self.everything()
        path, steps = self.saved()
        self.lattice.refuse = '/restapis/'
        code, summary, err = self.apply(path)
        self.assertEqual((code, summary['failed']), (1, 1))
        self.assertGreater(summary['done'], 0)
        self.assertGreater(summary['not-reached'], 0)
        self.assertEqual(summary['error']['code'], 'ValidationException')
        for part in ('this is a test', f'at step {summary["error"]["step"]} of {len(steps)}', f'map apply {path}', '--revert'):
            self.assertIn(part, err)
        # Back from the middle.
        self.lattice.refuse = None
        code, _, err = self.apply(path, '--revert')
        self.assertEqual((code, err), (0, ''))
        self.assertEqual(self.everything(), before)
        # To the middle again, and on.
        self.lattice.refuse = '/restapis/'
        self.assertEqual(self.apply(path)[0], 1)
        self.lattice.refuse = None
        code, summary, err = self.apply(path)
        self.assertEqual((code, err), (0, ''))
        self.assertGreater(summary['already'], 0)
        self.assertEqual(summary['done'] + summary['already'], len(steps))
        self.assertEqual(self.plan()[0], 0)

    def test_a_map_itself(self):
        code, _, err = self.run_ctl('map', 'apply', str(self.map), '--estate', *self.estate())
        self.assertEqual(code, 2)
        self.assertIn('--yes', err)
        path = str(self.folder / 'kept.json')
        code, out, err = self.run_ctl('map', 'apply', str(self.map), '--yes', '--estate', *self.estate(), '--target', 'iam', '--save', path)
        self.assertEqual(code, 0, err)
        self.assertIn('create trust-policy fresh: done', out)
        self.assertEqual(self.run_ctl('map', 'apply', path, '--revert')[0], 0)
        self.assertNotIn('fresh', {role['RoleName'] for role in self.iam.list_roles()['Roles']})

    def test_an_inactive_policy_is_told(self):
        path, _ = self.saved()
        self.lattice.state = 'Inactive'
        code, summary, err = self.apply(path)
        self.assertEqual((code, len(summary['inactive'])), (0, 1))
        self.assertIn('does not look at it', err)

    def test_control_c_stops_between_steps(self):
        path, steps = self.saved()
        self.lattice.late = 6
        command, surroundings = self.words('map', 'apply', path, '--format', 'json')
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings) as process:
            first = json.loads(process.stdout.readline())
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 1)
        summary = json.loads(out.splitlines()[-1])['summary']
        self.assertEqual((first['state'], summary['failed'], summary['error']['error']), ('done', 0, 'apply.interrupted'), err)
        self.assertLess(summary['done'], len(steps))
        self.assertEqual(self.apply(path)[0], 0)
        self.assertEqual(self.plan()[0], 0)

    def test_an_account_without_a_session(self):
        path, _ = self.saved()
        text = pathlib.Path(path).read_text().replace(f'"account":"{ACCOUNT}"', '"account":"999999999999"', 1)
        pathlib.Path(path).write_text(text)
        code, _, err = self.apply(path)
        self.assertEqual(code, 2)
        self.assertIn('changed by hand', err)
        # As a plan for that account would be written.
        body = text[:text.rindex(',"digest"')]
        pathlib.Path(path).write_text(f'{body},"digest":"{hashlib.sha256(body.encode()).hexdigest()}"}}\n')
        code, _, err = self.apply(path)
        self.assertEqual(code, 2)
        self.assertIn('no session is of account 999999999999', err)


if __name__ == '__main__':
    unittest.main(verbosity=2)
