"""Writes dumps of an invented organization: generate.py FOLDER [ACCOUNTS [ROLES [--one]]]

One get-account-authorization-details an account, laid out as AWS's command line does, about a megabyte for 200 roles; with
--one all accounts in a single answer. Documents name their account, so that only those that really are the same are the same."""
import json
import os
import random
import sys

SERVICES = ['s3', 'sqs', 'sns', 'dynamodb', 'kms', 'secretsmanager', 'lambda', 'execute-api', 'logs', 'ecs']
VERBS = ['Get', 'List', 'Put', 'Describe', 'Send', 'Delete', 'Update', 'Create']


def statement(rng, account, index):
    service = rng.choice(SERVICES)
    return {'Sid': f'S{index}', 'Effect': 'Allow',
            'Action': [f'{service}:{rng.choice(VERBS)}{word}' for word in rng.sample(['Item', 'Object', 'Queue', 'Key', 'Thing', 'Log'], 4)],
            'Resource': [f'arn:aws:{service}:eu-west-1:{account}:{rng.choice(VERBS).lower()}-{rng.randrange(400)}/*' for _ in range(3)],
            'Condition': {'StringEquals': {'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'], 'aws:PrincipalTag/team': f'team-{rng.randrange(40)}'}}}


def trust(rng, account):
    kind = rng.randrange(4)
    if kind == 0:
        return {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}
    if kind == 1:
        return {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'ecs-tasks.amazonaws.com'}, 'Action': 'sts:AssumeRole',
                                                       'Condition': {'StringEquals': {'aws:SourceAccount': account}}}]}
    return {'Version': '2012-10-17', 'Statement': [{
        'Effect': 'Allow', 'Principal': {'Federated': f'arn:aws:iam::{account}:saml-provider/okta'}, 'Action': ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
        'Condition': {'StringEquals': {'SAML:aud': 'https://signin.aws.amazon.com/saml'}, 'ForAnyValue:StringLike': {'aws:TagKeys': ['team', 'env', 'cost']}}}]}


def role(rng, account, index):
    name = f'team-{index % 40}-role-{index}'
    policies = [{'PolicyName': f'p{each}', 'PolicyDocument': {'Version': '2012-10-17', 'Statement': [statement(rng, account, i) for i in range(2)]}}
                for each in range(rng.randrange(1, 3))]
    return {'Path': '/teams/', 'RoleName': name, 'RoleId': f'AROA{account[:6]}{index:08d}', 'Arn': f'arn:aws:iam::{account}:role/teams/{name}',
            'CreateDate': '2024-05-06T07:08:09+00:00', 'AssumeRolePolicyDocument': trust(rng, account), 'InstanceProfileList': [], 'RolePolicyList': policies,
            'AttachedManagedPolicies': [{'PolicyName': 'team', 'PolicyArn': f'arn:aws:iam::{account}:policy/team-{index % 7}'}],
            'PermissionsBoundary': {'PermissionsBoundaryType': 'Policy', 'PermissionsBoundaryArn': f'arn:aws:iam::{account}:policy/boundary'},
            'Tags': [{'Key': 'team', 'Value': f'team-{index % 40}'}, {'Key': 'env', 'Value': rng.choice(['prod', 'stage', 'dev'])}],
            'RoleLastUsed': {'LastUsedDate': '2026-11-02T03:04:05+00:00', 'Region': 'eu-west-1'}}


def policies(rng, account):
    for name in ['boundary'] + [f'team-{each}' for each in range(7)]:
        document = {'Version': '2012-10-17', 'Statement': [statement(rng, account, i) for i in range(4)]}
        yield {'PolicyName': name, 'PolicyId': f'ANPA{account}{name}', 'Arn': f'arn:aws:iam::{account}:policy/{name}', 'Path': '/', 'DefaultVersionId': 'v1',
               'AttachmentCount': 9, 'IsAttachable': True,
               'PolicyVersionList': [{'Document': document, 'VersionId': 'v1', 'IsDefaultVersion': True, 'CreateDate': '2024-05-06T07:08:09+00:00'}]}


def main():
    folder = sys.argv[1]
    numbers = [int(each) for each in sys.argv[2:] if each.isdigit()]
    accounts, roles = (numbers + [500, 200][len(numbers):])[:2]
    total, everything = 0, {'UserDetailList': [], 'GroupDetailList': [], 'RoleDetailList': [], 'Policies': []}
    for number in range(accounts):
        account = f'{100000000000 + number * 7919}'
        rng = random.Random(number)
        dump = {'UserDetailList': [], 'GroupDetailList': [], 'RoleDetailList': [role(rng, account, each) for each in range(roles)],
                'Policies': list(policies(rng, account))}
        if '--one' in sys.argv:
            for name, values in dump.items():
                everything[name].extend(values)
            continue
        os.makedirs(os.path.join(folder, account), exist_ok=True)
        with open(os.path.join(folder, account, 'get-account-authorization-details.json'), 'w') as file:
            total += file.write(json.dumps(dump, indent=4))
    if '--one' in sys.argv:
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, 'get-account-authorization-details.json'), 'w') as file:
            total = file.write(json.dumps(everything, indent=4))
    print(total)


if __name__ == '__main__':
    main()
