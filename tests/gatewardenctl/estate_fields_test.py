#!/usr/bin/env python3
"""Answers made from botocore's service models, with a value in every member: each is recognised, and every value is in the row or
is one that must not be kept. estate_fields_test.py GATEWARDENCTL; without botocore it is skipped (exit status 77)."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

try:
    import botocore.loaders
except ImportError:
    print('botocore is not installed')
    sys.exit(77)

CTL = os.path.abspath(sys.argv[1])
PLACE = 'eu-west-1:111122223333'
MODELS = botocore.loaders.Loader()

# Service, operation, the file's name, the ARN that its objects get, and members of the answer beside them.
CALLS = [
    ('lambda', 'ListFunctions', 'list-functions', f'arn:aws:lambda:{PLACE}:function:f', {'NextMarker'}),
    ('lambda', 'GetFunctionConfiguration', 'get-function-configuration', f'arn:aws:lambda:{PLACE}:function:f', set()),
    ('lambda', 'ListAliases', 'list-aliases', f'arn:aws:lambda:{PLACE}:function:f:live', {'NextMarker'}),
    ('lambda', 'ListFunctionUrlConfigs', 'list-function-url-configs', f'arn:aws:lambda:{PLACE}:function:f', {'NextMarker'}),
    ('lambda', 'ListEventSourceMappings', 'list-event-source-mappings', f'arn:aws:lambda:{PLACE}:event-source-mapping:u', {'NextMarker'}),
    ('ecs', 'DescribeClusters', 'describe-clusters', f'arn:aws:ecs:{PLACE}:cluster/c', {'failures'}),
    ('ecs', 'DescribeServices', 'describe-services', f'arn:aws:ecs:{PLACE}:service/c/s', {'failures'}),
    ('ecs', 'DescribeTaskDefinition', 'describe-task-definition', f'arn:aws:ecs:{PLACE}:task-definition/t:1', set()),
    ('eks', 'DescribeCluster', 'describe-cluster', f'arn:aws:eks:{PLACE}:cluster/c', set()),
    ('eks', 'DescribePodIdentityAssociation', 'describe-pod-identity-association', f'arn:aws:eks:{PLACE}:podidentityassociation/c/a', set()),
    ('appmesh', 'DescribeMesh', 'describe-mesh', f'arn:aws:appmesh:{PLACE}:mesh/m', set()),
    ('appmesh', 'DescribeVirtualNode', 'describe-virtual-node', f'arn:aws:appmesh:{PLACE}:mesh/m/virtualNode/n', set()),
    ('appmesh', 'DescribeVirtualService', 'describe-virtual-service', f'arn:aws:appmesh:{PLACE}:mesh/m/virtualService/s', set()),
    ('appmesh', 'DescribeVirtualRouter', 'describe-virtual-router', f'arn:aws:appmesh:{PLACE}:mesh/m/virtualRouter/r', set()),
    ('appmesh', 'DescribeRoute', 'describe-route', f'arn:aws:appmesh:{PLACE}:mesh/m/virtualRouter/r/route/x', set()),
    ('appmesh', 'DescribeVirtualGateway', 'describe-virtual-gateway', f'arn:aws:appmesh:{PLACE}:mesh/m/virtualGateway/g', set()),
    ('appmesh', 'DescribeGatewayRoute', 'describe-gateway-route', f'arn:aws:appmesh:{PLACE}:mesh/m/virtualGateway/g/gatewayRoute/x', set()),
    ('vpc-lattice', 'GetService', 'get-service', f'arn:aws:vpc-lattice:{PLACE}:service/svc-1', set()),
    ('vpc-lattice', 'GetServiceNetwork', 'get-service-network', f'arn:aws:vpc-lattice:{PLACE}:servicenetwork/sn-1', set()),
    ('vpc-lattice', 'GetListener', 'get-listener', f'arn:aws:vpc-lattice:{PLACE}:service/svc-1/listener/l', set()),
    ('vpc-lattice', 'GetRule', 'get-rule', f'arn:aws:vpc-lattice:{PLACE}:service/svc-1/listener/l/rule/r', set()),
    ('vpc-lattice', 'GetTargetGroup', 'get-target-group', f'arn:aws:vpc-lattice:{PLACE}:targetgroup/tg-1', set()),
    ('servicediscovery', 'ListNamespaces', 'list-namespaces', f'arn:aws:servicediscovery:{PLACE}:namespace/ns-1', {'NextToken'}),
    ('cognito-idp', 'DescribeUserPool', 'describe-user-pool', f'arn:aws:cognito-idp:{PLACE}:userpool/eu-west-1_x', set()),
    ('secretsmanager', 'ListSecrets', 'list-secrets', f'arn:aws:secretsmanager:{PLACE}:secret:s-AbCdEf', {'NextToken'}),
    ('secretsmanager', 'DescribeSecret', 'describe-secret', f'arn:aws:secretsmanager:{PLACE}:secret:s-AbCdEf', set()),
    ('ec2', 'DescribeVpcEndpoints', 'describe-vpc-endpoints', f'arn:aws:ec2:{PLACE}:vpc-endpoint/x', {'NextToken'}),
    ('apigateway', 'GetRestApis', 'get-rest-apis', '', {'position'}),
    ('apigateway', 'GetResources', 'get-resources-api1', '', {'position'}),
    ('apigateway', 'GetStages', 'get-stages-api1', '', set()),
    ('apigateway', 'GetAuthorizers', 'get-authorizers-api1', '', {'position'}),
    ('apigateway', 'GetDeployments', 'get-deployments-api1', '', {'position'}),
    ('apigateway', 'GetDomainNames', 'get-domain-names', '', {'position'}),
    ('apigatewayv2', 'GetApis', 'get-apis', '', {'NextToken'}),
    ('apigatewayv2', 'GetRoutes', 'get-routes-api1', '', {'NextToken'}),
    ('apigatewayv2', 'GetAuthorizers', 'get-authorizers-api1', '', {'NextToken'}),
    ('apigatewayv2', 'GetStages', 'get-stages-api1', '', {'NextToken'}),
    ('apigatewayv2', 'GetDeployments', 'get-deployments-api1', '', {'NextToken'}),
    ('apigatewayv2', 'GetDomainNames', 'get-domain-names', '', {'NextToken'}),
]
# Members that hold the object's own ARN.
OWN = {'FunctionArn', 'AliasArn', 'EventSourceMappingArn', 'clusterArn', 'serviceArn', 'taskDefinitionArn', 'associationArn', 'arn', 'Arn', 'ARN'}
# What is left out on purpose: values that programs get, templates, and what AWS calls a secret.
LEFT_OUT = {'Environment.Variables', 'environment.value', 'variables', 'stageVariableOverrides', 'StageVariables', 'requestTemplates', 'activationCode'}


class Answer:
    """One answer of a call, with a value in every member, and where each is."""

    def __init__(self, service, operation, arn, beside):
        model = MODELS.load_service_model(service, 'service-2')
        self.shapes, self.arn, self.expected, self.hidden, self.count = model['shapes'], arn, {}, {}, 0
        shape = self.shapes[model['operations'][operation]['output']['shape']]
        self.value = {name: self.make(member['shape'], (name,), ()) for name, member in shape['members'].items() if name not in beside}

    def make(self, name, way, above):
        shape = self.shapes[name]
        kind = shape['type']
        if name in above:
            return None
        if kind == 'structure':
            return {each: self.make(member['shape'], way + (each,), above + (name,)) for each, member in shape.get('members', {}).items()}
        if kind == 'list':
            return [self.make(shape['member']['shape'], way, above + (name,))]
        if kind == 'map':
            return {'key': self.make(shape['value']['shape'], way, above + (name,))}
        if kind == 'boolean':
            return True
        self.count += 1
        if kind in ('integer', 'long', 'float', 'double'):
            return self.count
        if way[-1] in OWN and self.arn and len(way) <= 3:
            return self.arn
        if way[-1] == 'OwnerId':
            return '111122223333'
        if way[-1] == 'VpcEndpointId':
            return 'x'
        text = f'value-{self.count}-of-{way[-1]}'
        end = '.'.join(way)
        hidden = any(end.endswith(each) for each in LEFT_OUT)
        (self.hidden if hidden else self.expected)[text] = end
        return text


class Fields(unittest.TestCase):
    def test_every_member_is_accounted_for(self):
        for service, operation, name, arn, beside in CALLS:
            with self.subTest(service=service, operation=operation):
                try:
                    answer = Answer(service, operation, arn, beside)
                except botocore.exceptions.UnknownServiceError:
                    continue  # older models lack newer services
                with tempfile.TemporaryDirectory() as folder:
                    place = os.path.join(folder, '111122223333', 'eu-west-1')
                    os.makedirs(place)
                    with open(os.path.join(place, name + '.json'), 'w') as file:
                        json.dump(answer.value, file)
                    done = subprocess.run([CTL, 'estate', 'show', folder, '--format', 'json'], capture_output=True, timeout=60)
                out = done.stdout.decode()
                self.assertEqual((done.returncode, done.stderr.decode()), (0, ''))
                self.assertTrue(out, 'nothing was recognised')
                missing = {text: way for text, way in answer.expected.items() if f'"{text}"' not in out}
                self.assertEqual(missing, {})
                kept = {text: way for text, way in answer.hidden.items() if text in out}
                self.assertEqual(kept, {})


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0]])
