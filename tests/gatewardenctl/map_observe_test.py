#!/usr/bin/env python3
"""Runs the real gatewardenctl map observe and map compile --shadow. map_observe_test.py GATEWARDENCTL SOURCE_DIR"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

CTL, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
MAP = os.path.join(SOURCE, 'resources/practice/map.toml')
ESTATE = os.path.join(SOURCE, 'resources/practice/estate')
AT = ('--at', '2026-11-30T12:00:00Z')


def run(*words, text=None):
    done = subprocess.run([CTL, 'map', *words, *AT], capture_output=True, timeout=120, check=False, input=text.encode() if text is not None else None)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def gateway(role, method, path, status=200):
    return json.dumps({'requestId': 'r', 'userArn': f'arn:aws:sts::111122223333:assumed-role/{role}/lea', 'httpMethod': method, 'path': path,
                       'apiId': 'a1b2c3d4e5', 'stage': 'prod', 'status': status, 'requestTime': '30/Nov/2026:10:00:00 +0000'})


def proxy(method, path, status=200, **more):
    return json.dumps({'time': '2026-11-30T11:00:00Z', 'method': method, 'path': path, 'status': status,
                       'peer': 'spiffe://northwind.example/payments/reconcile', **more})


class Observe(unittest.TestCase):
    def observed(self, lines, *more):
        code, out, err = run('observe', MAP, '-', '--estate', ESTATE, *more, '--format', 'json', text='\n'.join(lines) + '\n')
        return code, json.loads(out), err

    def test_used_unused_and_what_would_break(self):
        code, told, err = self.observed([gateway('payments-operator', 'GET', '/refunds/1'), gateway('payments-operator', 'DELETE', '/refunds/1'),
                                         gateway('payments-readonly', 'GET', '/payments', 403), proxy('GET', '/refunds/1'),
                                         proxy('PUT', '/refunds/1', shadow='denied', shadow_policy='-')])
        self.assertEqual((code, err), (1, ''))
        self.assertEqual({each['edge']: each['count'] for each in told['edges']}, {'E1': 1, 'E5': 1})
        self.assertEqual(told['edges'][0]['first'], '2026-11-30T10:00:00Z')
        self.assertEqual(told['unused'], ['E3', 'E4'])
        self.assertEqual([(each['method'], each['on'], each['edge']) for each in told['would_break']],
                         [('DELETE', 'payments-api', 'E2'), ('PUT', 'refunds-internal', None)])
        self.assertEqual([(each['method'], each['path'], each['edge']) for each in told['would_allow']], [('GET', '/payments', 'E3')])

    def test_bad_lines_have_their_numbers_and_stop_nothing(self):
        code, told, err = self.observed(['nonsense', gateway('payments-operator', 'GET', '/refunds/1'), '', '{"a":', '{"method":"GET"}'])
        self.assertEqual(code, 0)
        self.assertEqual((told['lines'], told['requests'], told['unreadable']), (4, 1, 3))
        self.assertEqual([each['line'] for each in told['bad']], [1, 4, 5])
        self.assertIn('-:4: ', err)

    def test_nothing_readable_and_no_file(self):
        self.assertEqual(run('observe', MAP, '-', '--estate', ESTATE, text='nonsense\n')[0], 2)
        self.assertEqual(run('observe', MAP, '/none.log', '--estate', ESTATE)[0], 2)
        code, _, err = run('observe', MAP, '-', '--estate', ESTATE, '--server', 'payments-api', text='')
        self.assertEqual(code, 2)
        self.assertIn('mesh-service', err)

    def test_text_for_people(self):
        code, out, _ = run('observe', MAP, '-', '--estate', ESTATE, text=gateway('payments-operator', 'DELETE', '/refunds/1') + '\n')
        self.assertEqual(code, 1)
        self.assertIn('Unused: E1, E3, E4, E5.', out)
        self.assertIn('DELETE /refunds/1', out)

    def test_many_lines_in_little_memory(self):
        with tempfile.NamedTemporaryFile('w', suffix='.log') as file:
            for i in range(100_000):
                file.write(gateway('payments-operator', 'DELETE', f'/refunds/{i}') + '\n')
            file.flush()
            limit = f'ulimit -v 600000; exec "{CTL}" map observe "{MAP}" "{file.name}" --estate "{ESTATE}" --at 2026-11-30T12:00:00Z --format json'
            done = subprocess.run(['bash', '-c', limit], capture_output=True, timeout=120, check=False)
            self.assertEqual(done.returncode, 1, done.stderr[-300:])
            told = json.loads(done.stdout)
            self.assertEqual((told['breaking'], len(told['would_break'])), (100_000, 10_000))


class Shadow(unittest.TestCase):
    def test_proxies_watch(self):
        with tempfile.TemporaryDirectory() as folder:
            code, _, err = run('compile', MAP, '--estate', ESTATE, '--target', 'envoy,istio', '--shadow', '--out', folder)
            self.assertEqual((code, err), (0, ''))
            with open(os.path.join(folder, 'envoy', 'refunds-server.yaml'), encoding='utf-8') as file:
                envoy = file.read()
            self.assertIn('shadow_rules:', envoy)
            self.assertNotIn('rules_stat_prefix: "gatewarden_allow_"\n                rules:', envoy)
            # What the filter writes is what the log reads.
            self.assertIn('gatewarden_allow_shadow_engine_result', envoy)
            self.assertIn('gatewarden_allow_', envoy.split('shadow_rules_stat_prefix:')[1].splitlines()[0])
            with open(os.path.join(folder, 'istio', 'payments%2Frefunds.yaml'), encoding='utf-8') as file:
                self.assertIn('istio.io/dry-run', file.read())

    def test_nobody_else_can(self):
        code, _, err = run('compile', MAP, '--estate', ESTATE, '--target', 'iam', '--shadow')
        self.assertEqual(code, 2)
        self.assertIn('only envoy and istio', err)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
