"""Decisions a second of cedarpy in batches, on what comes nearest to the small case: cedar.py [COUNT]"""
import sys
import time

import cedarpy

POLICIES = '''
permit(principal == Role::"payments-operator", action in [Action::"GetObject", Action::"ListBucket"], resource in Bucket::"reports")
when { context.team == "payments" };
forbid(principal, action, resource) when { resource in Prefix::"reports/secret" };
'''
ENTITIES = [
    {'uid': {'type': 'Role', 'id': 'payments-operator'}, 'attrs': {}, 'parents': []},
    {'uid': {'type': 'Bucket', 'id': 'reports'}, 'attrs': {}, 'parents': []},
    {'uid': {'type': 'Object', 'id': 'reports/2026/11.csv'}, 'attrs': {}, 'parents': [{'type': 'Bucket', 'id': 'reports'}]},
]
REQUEST = {'principal': 'Role::"payments-operator"', 'action': 'Action::"GetObject"', 'resource': 'Object::"reports/2026/11.csv"',
           'context': {'team': 'payments'}}

count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
batch = [REQUEST] * 1000
policies = cedarpy.PolicySet.from_str(POLICIES)
if not cedarpy.is_authorized_batch(batch[:1], policies, ENTITIES)[0].allowed:
    sys.exit('not allowed')
start = time.process_time()
for _ in range(count // len(batch)):
    cedarpy.is_authorized_batch(batch, policies, ENTITIES)
print(f'{count / (time.process_time() - start):.0f}')
