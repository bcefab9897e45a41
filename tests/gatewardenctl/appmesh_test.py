#!/usr/bin/env python3
"""Runs the real gatewardenctl: map roundtrip and map translate. appmesh_test.py GATEWARDENCTL

With botocore its service model says which members every shape has; with an Envoy (GW_ENVOY, or one on the PATH) that program
says whether it takes the bootstraps. What is missing is skipped and named."""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    import botocore.loaders
    MODEL = botocore.loaders.Loader().load_service_model('appmesh', 'service-2', '2019-01-25')['shapes']
except Exception:  # pylint: disable=broad-except
    MODEL = None
try:
    import yaml
except ImportError:
    yaml = None

CTL = os.path.abspath(sys.argv[1])
ACCOUNT = '111122223333'
ENVOY = os.environ.get('GW_ENVOY') or shutil.which('envoy')
KINDS = {'mesh': 'MeshSpec', 'virtualNode': 'VirtualNodeSpec', 'virtualService': 'VirtualServiceSpec', 'virtualRouter': 'VirtualRouterSpec',
         'route': 'RouteSpec', 'virtualGateway': 'VirtualGatewaySpec', 'gatewayRoute': 'GatewayRouteSpec'}


def run(*words, source=None):
    done = subprocess.run([CTL, *words], capture_output=True, timeout=60, check=False, input=source)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def wrapped(kind, path, names, spec, **more):
    body = {'meshName': 'shop', **names, 'spec': spec, 'status': {'status': 'ACTIVE'},
            'metadata': {'arn': f'arn:aws:appmesh:eu-west-1:{ACCOUNT}:mesh/shop{path}', 'uid': 'u', 'version': 2, 'createdAt': 1714557600.5,
                         'lastUpdatedAt': '2024-05-01T10:00:00+00:00', 'meshOwner': ACCOUNT, 'resourceOwner': ACCOUNT}, **more}
    return {kind: body}


def node(name, spec):
    return wrapped('virtualNode', f'/virtualNode/{name}', {'virtualNodeName': name}, spec)


def service(name, provider):
    return wrapped('virtualService', f'/virtualService/{name}', {'virtualServiceName': name}, {'provider': provider})


def tls(folder, names=None, mode='STRICT'):
    made = {'mode': mode, 'certificate': {'file': {'certificateChain': f'{folder}/chain.pem', 'privateKey': f'{folder}/key.pem'}}}
    if names is not None:
        made['validation'] = {'trust': {'file': {'certificateChain': f'{folder}/ca.pem'}}, 'subjectAlternativeNames': {'match': {'exact': names}}}
    return made


def client(folder):
    return {'clientPolicy': {'tls': {'enforce': True, 'ports': [8080], 'certificate': {'file': {'certificateChain': f'{folder}/chain.pem', 'privateKey': f'{folder}/key.pem'}},
                                     'validation': {'trust': {'file': {'certificateChain': f'{folder}/ca.pem'}}, 'subjectAlternativeNames': {'match': {'exact': ['orders.shop.local', 'spiffe://corp/orders']}}}}}}


def shop(folder):
    """A mesh with something of everything."""
    http = {'match': {'prefix': '/', 'method': 'GET', 'headers': [{'name': 'x-a', 'match': {'range': {'start': 1, 'end': 5}}}, {'name': 'x-b', 'invert': True, 'match': {'suffix': 'z'}},
                                                               {'name': 'x-c', 'match': {'regex': '^a.*$'}}, {'name': 'x-d'}], 'queryParameters': [{'name': 'q', 'match': {'exact': '1'}}]},
            'action': {'weightedTargets': [{'virtualNode': 'orders', 'weight': 90}, {'virtualNode': 'orders-next', 'weight': 10, 'port': 8080}]},
            'retryPolicy': {'maxRetries': 3, 'perRetryTimeout': {'unit': 'ms', 'value': 1500}, 'httpRetryEvents': ['server-error', 'gateway-error'], 'tcpRetryEvents': ['connection-error']},
            'timeout': {'idle': {'unit': 's', 'value': 60}, 'perRequest': {'unit': 's', 'value': 5}}}
    full = {'portMapping': {'port': 8080, 'protocol': 'http'}, 'tls': tls(folder, ['spiffe://corp/web', 'web.shop.local']),
            'healthCheck': {'protocol': 'http', 'path': '/health', 'intervalMillis': 5000, 'timeoutMillis': 2000, 'healthyThreshold': 2, 'unhealthyThreshold': 3, 'port': 8080},
            'outlierDetection': {'maxServerErrors': 5, 'interval': {'unit': 's', 'value': 10}, 'baseEjectionDuration': {'unit': 'ms', 'value': 30500}, 'maxEjectionPercent': 50},
            'connectionPool': {'http': {'maxConnections': 100, 'maxPendingRequests': 10}}, 'timeout': {'http': {'idle': {'unit': 's', 'value': 30}, 'perRequest': {'unit': 's', 'value': 3}}}}
    grpc = {'portMapping': {'port': 9090, 'protocol': 'grpc'}, 'connectionPool': {'grpc': {'maxRequests': 7}},
            'healthCheck': {'protocol': 'grpc', 'intervalMillis': 5000, 'timeoutMillis': 2000, 'healthyThreshold': 2, 'unhealthyThreshold': 3}}
    log = {'accessLog': {'file': {'path': '/dev/stdout', 'format': {'json': [{'key': 'path', 'value': '%REQ(:PATH)%'}, {'key': 'code', 'value': '%RESPONSE_CODE%'}]}}}}
    return [
        wrapped('mesh', '', {}, {'egressFilter': {'type': 'DROP_ALL'}, 'serviceDiscovery': {'ipPreference': 'IPv4_PREFERRED'}}),
        node('web', {'backends': [{'virtualService': {'virtualServiceName': 'orders.shop.local'}}, {'virtualService': {'virtualServiceName': 'db.shop.local'}}, {'virtualService': {'virtualServiceName': 'rpc.shop.local'}}],
                     'backendDefaults': client(folder), 'listeners': [{'portMapping': {'port': 80, 'protocol': 'http'}, 'tls': tls(folder, mode='PERMISSIVE')}], 'logging': log,
                     'serviceDiscovery': {'dns': {'hostname': 'web.shop.local', 'responseType': 'ENDPOINTS'}}}),
        node('orders', {'listeners': [full], 'serviceDiscovery': {'dns': {'hostname': 'orders.shop.local', 'responseType': 'LOADBALANCER'}}}),
        node('orders-next', {'listeners': [full], 'serviceDiscovery': {'awsCloudMap': {'namespaceName': 'shop.local', 'serviceName': 'orders-next', 'attributes': [{'key': 'stage', 'value': 'next'}]}}}),
        node('db', {'listeners': [{'portMapping': {'port': 5432, 'protocol': 'tcp'}, 'timeout': {'tcp': {'idle': {'unit': 's', 'value': 600}}}}], 'serviceDiscovery': {'dns': {'hostname': 'db.internal'}}}),
        node('rpc', {'listeners': [grpc], 'serviceDiscovery': {'dns': {'hostname': 'rpc.internal', 'ipPreference': 'IPv6_ONLY'}}}),
        service('orders.shop.local', {'virtualRouter': {'virtualRouterName': 'orders'}}),
        service('db.shop.local', {'virtualNode': {'virtualNodeName': 'db'}}),
        service('rpc.shop.local', {'virtualRouter': {'virtualRouterName': 'rpc'}}),
        wrapped('virtualRouter', '/virtualRouter/orders', {'virtualRouterName': 'orders'}, {'listeners': [{'portMapping': {'port': 8080, 'protocol': 'http'}}]}),
        wrapped('virtualRouter', '/virtualRouter/rpc', {'virtualRouterName': 'rpc'}, {'listeners': [{'portMapping': {'port': 9090, 'protocol': 'grpc'}}]}),
        wrapped('route', '/virtualRouter/orders/route/first', {'virtualRouterName': 'orders', 'routeName': 'first'}, {'priority': 10, 'httpRoute': http}),
        wrapped('route', '/virtualRouter/orders/route/rest', {'virtualRouterName': 'orders', 'routeName': 'rest'}, {'priority': 20, 'httpRoute': {'match': {'path': {'exact': '/x'}}, 'action': {'weightedTargets': [{'virtualNode': 'orders', 'weight': 1}]}}}),
        wrapped('route', '/virtualRouter/rpc/route/all', {'virtualRouterName': 'rpc', 'routeName': 'all'},
                {'grpcRoute': {'match': {}, 'action': {'weightedTargets': [{'virtualNode': 'rpc', 'weight': 1}]}, 'retryPolicy': {'maxRetries': 1, 'perRetryTimeout': {'unit': 's', 'value': 1}, 'grpcRetryEvents': ['unavailable']}}}),
        wrapped('virtualGateway', '/virtualGateway/edge', {'virtualGatewayName': 'edge'}, {'listeners': [{'portMapping': {'port': 8443, 'protocol': 'http'}, 'tls': tls(folder)}], 'logging': {'accessLog': {'file': {'path': '/dev/stdout', 'format': {'text': '%RESPONSE_CODE%\n'}}}}}),
        wrapped('gatewayRoute', '/virtualGateway/edge/gatewayRoute/rpc', {'virtualGatewayName': 'edge', 'gatewayRouteName': 'rpc'},
                {'httpRoute': {'match': {'prefix': '/rpc/', 'hostname': {'suffix': '.example.com'}}, 'action': {'target': {'virtualService': {'virtualServiceName': 'rpc.shop.local'}}, 'rewrite': {'prefix': {'value': '/v1/'}}}}}),
    ]


def ordered(values):
    return sorted((json.dumps(each, sort_keys=True) for each in values))


class Case(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.place)
        self.source, self.out = os.path.join(self.place, 'in'), os.path.join(self.place, 'out')
        os.mkdir(self.source)

    def write(self, documents):
        for number, each in enumerate(documents):
            with open(os.path.join(self.source, f'{number}.json'), 'w', encoding='utf-8') as file:
                json.dump(each, file)

    def written(self, pattern='**/describe-*.json'):
        made = {}
        for path in sorted(glob.glob(os.path.join(self.out, pattern), recursive=True)):
            with open(path, encoding='utf-8') as file:
                made[os.path.relpath(path, self.out)] = file.read()
        return made

    def translated(self, target, documents=None):
        self.write(shop(self.place) if documents is None else documents)
        code, out, err = run('map', 'translate', self.source, '--to', target, '--out', self.out)
        self.assertEqual((code, err), (0, ''), err)
        with open(os.path.join(self.out, 'loss.json'), encoding='utf-8') as file:
            return json.load(file), out


class Roundtrip(Case):
    def test_equal(self):
        documents = shop('/certs')
        self.write(documents)
        code, out, err = run('map', 'roundtrip', self.source, '--out', self.out)
        self.assertEqual((code, err), (0, ''))
        self.assertIn('5 virtual nodes', out)
        self.assertIn('2026-09-30', out)
        self.assertEqual(ordered(json.loads(text) for text in self.written().values()), ordered(documents))
        self.assertIn(f'{ACCOUNT}/eu-west-1/shop/orders/describe-route-first.json', self.written())

    def test_json(self):
        self.write(shop('/certs'))
        code, out, _ = run('map', 'roundtrip', self.source, '--out', self.out, '--format', 'json')
        answer = json.loads(out)
        self.assertEqual((code, answer['objects']['virtualNode'], answer['problems'], answer['service_ended']), (0, 5, [], '2026-09-30'))
        self.assertEqual(sorted(answer['files']), sorted(self.written()))

    @unittest.skipUnless(MODEL, 'botocore is not installed')
    def test_every_member_of_the_service_model(self):
        """One document for every member of a union, so that each stands in one of them; App Mesh would take each."""
        def value(shape, choice, way=()):
            kind = MODEL[shape]
            if kind['type'] == 'structure':
                names = list(kind['members'])
                if kind.get('union') or shape in ('RouteSpec', 'GatewayRouteSpec'):
                    rest = [name for name in names if not name.endswith('Route')] if shape.endswith('RouteSpec') else []
                    names = [name for name in names if name not in rest]
                    names = [names[choice % len(names)]] + rest
                return {name: value(kind['members'][name]['shape'], choice, way + (name,)) for name in names}
            if kind['type'] == 'list':
                return [value(kind['member']['shape'], choice, way)]
            if kind['type'] == 'string':
                return kind['enum'][choice % len(kind['enum'])] if 'enum' in kind else '-'.join(way)[-max(kind.get('min', 1), min(kind.get('max', 40), 40)):]
            if kind['type'] == 'boolean':
                return choice % 2 == 0
            return kind.get('min', 1)
        documents, seen = [], set()

        def members(shape, made):
            kind = MODEL[shape]
            if kind['type'] == 'list':
                for each in made:
                    members(kind['member']['shape'], each)
            if kind['type'] == 'structure':
                for name, each in made.items():
                    seen.add((shape, name))
                    members(kind['members'][name]['shape'], each)
        for choice in range(60):
            for kind, shape in KINDS.items():
                name = f'{kind}-{choice}'
                path = {'mesh': '', 'route': f'/virtualRouter/r/route/{name}', 'gatewayRoute': f'/virtualGateway/g/gatewayRoute/{name}'}.get(kind, f'/{kind}/{name}')
                names = {'route': {'virtualRouterName': 'r'}, 'gatewayRoute': {'virtualGatewayName': 'g'}}.get(kind, {})
                if kind == 'mesh':
                    names = {'meshName': name}
                else:
                    names[f'{kind}Name'] = name
                made = wrapped(kind, path, names, value(shape, choice))
                if kind == 'mesh':
                    made['mesh']['metadata']['arn'] = f'arn:aws:appmesh:eu-west-1:{ACCOUNT}:mesh/{name}'
                documents.append(made)
                members(shape, made[kind]['spec'])
        expected, stack = set(), list(KINDS.values())
        while stack:
            shape = stack.pop()
            kind = MODEL[shape]
            stack += [kind['member']['shape']] if kind['type'] == 'list' else []
            for name, member in kind.get('members', {}).items():
                if (shape, name) not in expected:
                    expected.add((shape, name))
                    stack.append(member['shape'])
        self.assertEqual(expected - seen, set(), 'members that no document has')
        self.write(documents)
        code, out, err = run('map', 'roundtrip', self.source, '--out', self.out, '--format', 'json')
        self.assertEqual(ordered(json.loads(text) for text in self.written().values()), ordered(documents))
        # The tool's own table of shapes takes every one of them; only what they refer to is not there.
        self.assertEqual([each for each in json.loads(out)['problems'] if each['trouble'] != 'dangling'], [], err)
        self.assertEqual(code, 0)


class Translate(Case):
    def test_lattice(self):
        task = {'taskDefinition': {'taskDefinitionArn': f'arn:aws:ecs:eu-west-1:{ACCOUNT}:task-definition/web:1', 'family': 'web', 'taskRoleArn': f'arn:aws:iam::{ACCOUNT}:role/web',
                                   'proxyConfiguration': {'type': 'APPMESH', 'containerName': 'envoy'},
                                   'containerDefinitions': [{'name': 'envoy', 'environment': [{'name': 'APPMESH_RESOURCE_ARN', 'value': f'arn:aws:appmesh:eu-west-1:{ACCOUNT}:mesh/shop/virtualNode/web'}]}]}}
        losses, out = self.translated('lattice', shop('/certs') + [task])
        policies = {os.path.basename(name): json.loads(json.loads(text)['policy']) for name, text in self.written('**/policies/*.json').items()}
        allowed = {name: [each['Principal']['AWS'] for each in policy['Statement'] if each['Effect'] == 'Allow'] for name, policy in policies.items()}
        self.assertEqual([each for name, each in allowed.items() if name.startswith('rpc')], [[f'arn:aws:iam::{ACCOUNT}:role/web']])
        # Its certificate is a file: nothing tells the name in it, so orders lets it in no more.
        self.assertEqual([each for name, each in allowed.items() if name.startswith('orders')], [[]])
        self.assertTrue(any(each['field'] == 'spec.backends[0].virtualService.virtualServiceName' and 'not let in' in each['what_happens'] for each in losses))
        self.assertIn('proxyConfiguration', out)
        with open(os.path.join(self.out, 'cleanup.json'), encoding='utf-8') as file:
            plan = json.load(file)
        self.assertEqual([each['what'] for each in plan['steps']][:2], ['proxy', 'proxy'])
        self.assertIn('cloud_map', [each['what'] for each in plan['steps']])
        self.assertTrue(plan['not_seen'])

    def test_rows_have_their_five_members(self):
        for target in ('lattice', 'service-connect', 'istio', 'envoy'):
            losses, _ = self.translated(target)
            self.assertTrue(losses)
            for each in losses:
                self.assertEqual(list(each), ['object', 'field', 'value', 'what_happens', 'what_to_do'])
                self.assertTrue(each['what_happens'] and each['what_to_do'])

    @unittest.skipUnless(yaml, 'python3-yaml is not installed')
    def test_istio(self):
        self.translated('istio')
        kinds = {}
        for text in self.written('**/*.yaml').values():
            for each in yaml.safe_load_all(text):
                kinds.setdefault(each['kind'], []).append(each)
                self.assertRegex(each['metadata']['name'], '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$')
                self.assertEqual(each['metadata']['namespace'], 'shop')
                group = 'security.istio.io/v1' if each['kind'] in ('PeerAuthentication', 'AuthorizationPolicy') else 'networking.istio.io/v1'
                self.assertEqual(each['apiVersion'], group)
        self.assertEqual(set(kinds), {'VirtualService', 'DestinationRule', 'Gateway', 'PeerAuthentication', 'AuthorizationPolicy', 'Sidecar', 'ServiceEntry'})
        for each in kinds['AuthorizationPolicy']:
            self.assertLessEqual(set(each['spec']), {'selector', 'action', 'rules'})
            # web has no identity of Istio's in the list, so nobody is let in.
            self.assertNotIn('rules', each['spec'])
        for each in kinds['VirtualService']:
            for route in each['spec'].get('http', []):
                self.assertTrue(all(set(to) <= {'destination', 'weight'} for to in route['route']))

    @unittest.skipUnless(ENVOY, 'no envoy is here')
    @unittest.skipUnless(shutil.which('openssl'), 'openssl is not installed')
    def test_envoy_takes_its_bootstraps(self):
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=test', '-keyout', f'{self.place}/key.pem', '-out', f'{self.place}/chain.pem'],
                       check=True, capture_output=True)
        shutil.copy(f'{self.place}/chain.pem', f'{self.place}/ca.pem')
        self.translated('envoy')
        files = glob.glob(os.path.join(self.out, '**/*.yaml'), recursive=True)
        self.assertEqual(len(files), 6)
        for each in files:
            done = subprocess.run([ENVOY, '--mode', 'validate', '-c', each, '--log-level', 'error'], capture_output=True, timeout=60, check=False)
            self.assertEqual(done.returncode, 0, each + done.stdout.decode() + done.stderr.decode())


class BadInput(Case):
    def test_nothing_of_a_mesh(self):
        self.write([{'RoleDetailList': [], 'UserDetailList': [], 'GroupDetailList': [], 'Policies': []}])
        code, out, err = run('map', 'roundtrip', self.source, '--out', self.out)
        self.assertEqual((code, out), (2, ''))
        self.assertIn('ended on 2026-09-30', err)
        self.assertFalse(os.path.exists(self.out))

    def test_malformed_beside_what_is_right(self):
        self.write([node('web', {'listeners': [{'portMapping': {'port': '80', 'protocol': 'http'}}]}), service('a.b', {'virtualNode': {'virtualNodeName': 'gone'}})])
        with open(os.path.join(self.source, 'cut.json'), 'w', encoding='utf-8') as file:
            file.write('{"virtualNode": {"meshName": "shop", "virtualNodeName": "cut", "spec": {"listeners": [')
        code, _, err = run('map', 'roundtrip', self.source, '--out', self.out)
        self.assertEqual(code, 2)
        self.assertEqual(len(self.written()), 2)
        self.assertIn('cut.json:1:', err)
        self.assertIn('spec.listeners[0].portMapping.port is "80"', err)
        self.assertIn('names virtualNode gone, which is not here', err)

    def test_two_different_ones_of_the_same_name(self):
        self.write([node('web', {'listeners': []}), node('web', {'backends': []})])
        code, _, err = run('map', 'roundtrip', self.source, '--out', self.out)
        self.assertEqual((code, len(self.written())), (0, 1))
        self.assertRegex(err, r'/[01]\.json:1:')

    def test_words(self):
        for words in (['map', 'roundtrip', 'x'], ['map', 'translate', 'x', '--out', 'y'], ['map', 'translate', 'x', '--to', 'consul', '--out', 'y'], ['map', 'roundtrip', '--out', 'y'],
                      ['map', 'roundtrip', os.path.join(self.place, 'nowhere'), '--out', self.out]):
            code, out, err = run(*words)
            self.assertEqual((code, out), (2, ''), words)
            self.assertTrue(err, words)

    def test_a_folder_that_cannot_be_written(self):
        self.write([node('web', {})])
        with open(self.out, 'w', encoding='utf-8') as file:
            file.write('in the way')
        code, _, err = run('map', 'roundtrip', self.source, '--out', self.out)
        self.assertEqual(code, 2)
        self.assertIn('cannot be written', err)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
