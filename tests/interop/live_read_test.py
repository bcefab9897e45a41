#!/usr/bin/env python3
"""gatewardenctl estate import --live against moto: filled by boto3, read by our client, compared with what boto3 made. With moto's
authentication on, which checks our signatures and that the policy of --show-policy is enough.

live_read_test.py GATEWARDENCTL
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

from peers import Peer

try:
    import boto3
    from botocore.config import Config
except ImportError:
    print('SKIPPED: boto3 is not installed (python3-boto3)')
    sys.exit(77)

CTL = os.path.abspath(sys.argv.pop(1))
REGION = 'eu-west-1'
TRUST = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'ecs-tasks.amazonaws.com'},
                                                            'Action': 'sts:AssumeRole'}]})
READ = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'}]})
METADATA = ('<?xml version="1.0"?><EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://id.example">' +
            ' ' * 1000 + '</EntityDescriptor>')
ROLES = 130  # more than one page


def reset(url, path, body=b''):
    urllib.request.urlopen(urllib.request.Request(url + '/moto-api/' + path, data=body, method='POST', headers={'Content-Type': 'text/plain'}))


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = Peer('moto.sh')
        cls.peer.__enter__()
        cls.url = cls.peer['URL']

    @classmethod
    def tearDownClass(cls):
        cls.peer.__exit__(None, None, None)

    def setUp(self):
        reset(self.url, 'reset')
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)
        self.keys = {'AWS_ACCESS_KEY_ID': 'test', 'AWS_SECRET_ACCESS_KEY': 'test'}

    def client(self, service, **more):
        return boto3.client(service, endpoint_url=self.url, region_name=REGION, aws_access_key_id='test', aws_secret_access_key='test',
                            config=Config(parameter_validation=False), **more)

    def read(self, *words, keys=None):
        surroundings = {'PATH': '/usr/bin:/bin', 'HOME': str(self.folder), 'AWS_ENDPOINT_URL': self.url, **(keys or self.keys)}
        begun = time.monotonic()
        done = subprocess.run([CTL, 'estate', 'import', '--live', '--region', REGION, '--answers', str(self.folder / 'answers'), *words,
                               '-o', str(self.folder / 'estate')], capture_output=True, text=True, timeout=300, env=surroundings)
        self.seconds = time.monotonic() - begun
        return done.returncode, done.stderr

    def rows(self):
        done = subprocess.run([CTL, 'estate', 'show', str(self.folder / 'estate'), '--format', 'json'], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def fill(self):
        iam = self.client('iam')
        for i in range(ROLES):
            iam.create_role(RoleName=f'Role{i}', AssumeRolePolicyDocument=TRUST, MaxSessionDuration=7200)
        iam.put_role_policy(RoleName='Role0', PolicyName='inner', PolicyDocument=READ)
        policy = iam.create_policy(PolicyName='Managed', PolicyDocument=READ)['Policy']['Arn']
        iam.attach_role_policy(RoleName='Role1', PolicyArn=policy)
        iam.create_saml_provider(Name='Okta', SAMLMetadataDocument=METADATA)
        organizations = self.client('organizations')
        root = organizations.create_organization(FeatureSet='ALL')
        del root
        root = organizations.list_roots()['Roots'][0]['Id']
        organizations.create_organizational_unit(ParentId=root, Name='Prod')
        guard = organizations.create_policy(Name='Guard', Description='x', Type='SERVICE_CONTROL_POLICY', Content=READ)['Policy']['PolicySummary']
        organizations.attach_policy(PolicyId=guard['Id'], TargetId=root)
        rest = self.client('apigateway')
        api = rest.create_rest_api(name='payments')['id']
        top = rest.get_resources(restApiId=api)['items'][0]['id']
        refunds = rest.create_resource(restApiId=api, parentId=top, pathPart='refunds')['id']
        rest.put_method(restApiId=api, resourceId=refunds, httpMethod='POST', authorizationType='AWS_IAM')
        rest.put_integration(restApiId=api, resourceId=refunds, httpMethod='POST', type='MOCK')
        rest.create_deployment(restApiId=api, stageName='prod')
        http = self.client('apigatewayv2')
        second = http.create_api(Name='orders', ProtocolType='HTTP')['ApiId']
        http.create_route(ApiId=second, RouteKey='GET /orders', AuthorizationType='AWS_IAM')
        http.create_stage(ApiId=second, StageName='live')
        functions = self.client('lambda')
        role = 'arn:aws:iam::123456789012:role/Role0'
        for name in ('refund', 'open'):
            functions.create_function(FunctionName=name, Runtime='python3.12', Role=role, Handler='x.y', Code={'ZipFile': b'x'},
                                      Environment={'Variables': {'DB': 'hunter2'}})
        functions.add_permission(FunctionName='open', StatementId='all', Action='lambda:InvokeFunction', Principal='*')
        ecs = self.client('ecs')
        ecs.create_cluster(clusterName='main')
        task = ecs.register_task_definition(family='web', taskRoleArn=role, containerDefinitions=[{'name': 'a', 'image': 'b', 'memory': 64}])
        ecs.create_service(cluster='main', serviceName='web', taskDefinition=task['taskDefinition']['taskDefinitionArn'], desiredCount=0)
        mesh = self.client('appmesh')
        mesh.create_mesh(meshName='m')
        mesh.create_virtual_node(meshName='m', virtualNodeName='n', spec={})
        mesh.create_virtual_gateway(meshName='m', virtualGatewayName='g', spec={'listeners': []})
        lattice = self.client('vpc-lattice')
        lattice.create_service_network(name='net', authType='AWS_IAM')
        lattice.create_service(name='svc', authType='AWS_IAM')
        self.client('secretsmanager').create_secret(Name='db', SecretString='hunter2')
        self.client('sqs').create_queue(QueueName='jobs')
        self.client('sns').create_topic(Name='news')
        self.client('kms').create_key()
        buckets = self.client('s3')
        for name in ('open', 'shut'):
            buckets.create_bucket(Bucket=name, CreateBucketConfiguration={'LocationConstraint': REGION})
        buckets.put_bucket_policy(Bucket='open', Policy=json.dumps({'Version': '2012-10-17', 'Statement': [
            {'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::open/*'}]}))
        buckets.put_public_access_block(Bucket='shut', PublicAccessBlockConfiguration={'RestrictPublicBuckets': True})
        ec2 = self.client('ec2')
        vpc = ec2.describe_vpcs()['Vpcs'][0]['VpcId']
        ec2.create_vpc_endpoint(VpcId=vpc, ServiceName=f'com.amazonaws.{REGION}.s3', VpcEndpointType='Gateway', PolicyDocument=READ)
        self.client('cognito-idp').create_user_pool(PoolName='people')

    def test_all_that_boto3_made_is_read(self):
        self.fill()
        code, told = self.read()
        self.assertIn(code, (0, 1), told)
        # What moto has not is a gap of its own, and no other.
        gaps = {re.search(r'not read: \S+ (.*?): ', line).group(1) for line in told.splitlines() if 'not read' in line}
        self.assertLessEqual(gaps, {f'{REGION} appmesh list-virtual-services', f'{REGION} lambda list-function-url-configs',
                                    f'{REGION} apigatewayv2 get-deployments', f'{REGION} apigatewayv2 get-authorizers',
                                    'iam get-service-last-accessed-details'}, told)
        by_kind = {}
        for row in self.rows():
            by_kind.setdefault(row['kind'], []).append(row)
        roles = {row['name']: row for row in by_kind['role']}
        self.assertEqual(len(roles), ROLES)
        self.assertEqual(roles['Role0']['max_session_seconds'], 7200)
        self.assertEqual(roles['Role0']['inline'], ['inner'])
        self.assertEqual(roles['Role1']['attached'], ['arn:aws:iam::123456789012:policy/Managed'])
        self.assertEqual(roles['Role2']['trust'], json.loads(TRUST))
        self.assertEqual([(row['name'], row['metadata']) for row in by_kind['provider']], [('Okta', True)])
        self.assertIn('Guard', {row['name'] for row in by_kind['scp']})
        self.assertEqual({row['name'] for row in by_kind['route']}, {'POST /refunds', 'GET /orders'})
        self.assertEqual({row['stage'] for row in by_kind['route']}, {'prod', 'live'})
        self.assertEqual({row['name'] for row in by_kind['function']}, {'refund', 'open'})
        self.assertEqual([row['name'] for row in by_kind['function'] if 'policy' in row], ['open'])
        for kind, name in (('cluster', 'main'), ('service', 'web'), ('virtual-node', 'n'), ('virtual-gateway', 'g'),
                           ('service-network', 'net'), ('lattice-service', 'svc')):
            self.assertIn(name, {row['name'] for row in by_kind[kind]}, kind)
        self.assertIn('m', {row['name'] for row in by_kind['mesh']})  # moto's ARN of a mesh has no "mesh/"
        buckets = {row['name']: row for row in by_kind['bucket']}
        self.assertEqual((set(buckets), {name for name in buckets if 'policy' in buckets[name]}), ({'open', 'shut'}, {'open'}))
        self.assertEqual({row['account'] for row in by_kind['bucket']}, {'123456789012'})
        self.assertEqual([row['policy'] for row in by_kind['vpc-endpoint']], [json.loads(READ)])
        task = by_kind['task-definition'][0]
        self.assertEqual([use['arn'] for use in task['roles']], ['arn:aws:iam::123456789012:role/Role0'])
        for row in by_kind['function'] + by_kind['role']:
            self.assertEqual(row['account'], '123456789012')
        for file in self.folder.rglob('*'):
            if file.is_file():
                self.assertNotIn(b'hunter2', file.read_bytes(), file)
        calls = int(re.search(r'by (\d+) calls', told).group(1))
        print(f'{calls} calls of moto in {self.seconds:.2f} s: {calls / self.seconds:.0f} a second', file=sys.stderr)

        # All of that is there now.
        code, told = self.read()
        self.assertIn('answers are from an earlier read', told)
        self.assertLess(int(re.search(r'by (\d+) calls', told).group(1)), calls // 4)

    # After the other: moto loads a service at its first call, and many at once take longer than any client waits.
    def test_then_signatures_hold_and_the_printed_policy_is_enough(self):
        iam = self.client('iam')
        iam.create_user(UserName='reader')
        policy = subprocess.run([CTL, 'estate', 'import', '--show-policy'], capture_output=True, text=True, timeout=30, check=True).stdout
        made = iam.create_policy(PolicyName='Read', PolicyDocument=policy)['Policy']['Arn']
        key = iam.create_access_key(UserName='reader')['AccessKey']
        keys = {'AWS_ACCESS_KEY_ID': key['AccessKeyId'], 'AWS_SECRET_ACCESS_KEY': key['SecretAccessKey']}
        reset(self.url, 'reset-auth', b'0')
        self.addCleanup(reset, self.url, 'reset-auth', b'inf')

        wrong = dict(keys, AWS_SECRET_ACCESS_KEY='another')
        code, told = self.read(keys=wrong)
        self.assertEqual(code, 2, told)
        self.assertIn('does not know these credentials', told)

        code, told = self.read(keys=keys)
        self.assertEqual(code, 1, told)
        self.assertIn('does not let this session read iam:ListRoles', told)

        reset(self.url, 'reset-auth', b'inf')
        iam.attach_user_policy(UserName='reader', PolicyArn=made)
        reset(self.url, 'reset-auth', b'0')
        code, told = self.read('--max-age', '0', keys=keys)
        self.assertNotIn('does not let this session', told)
        self.assertIn(code, (0, 1), told)
        # moto calculates the signature of a GET wrongly, also of boto3's; the others it checks.
        refused = {re.search(r'not read: \S+ \S+ (\S+):', line).group(1) for line in told.splitlines() if 'know these credentials' in line}
        self.assertLessEqual(refused, {'apigateway', 'apigatewayv2', 'appmesh', 'eks', 'lambda', 'vpc-lattice'}, told)


if __name__ == '__main__':
    unittest.main(verbosity=2)
