"""Starts the real identity providers of tests/peers and signs in at them without a browser."""
import os
import pathlib
import subprocess
import sys
import time

PEERS = pathlib.Path(__file__).resolve().parent.parent / 'peers'


class Peer:
    """A running peer script; what it printed is in its items. `with Peer('keycloak.sh') as keycloak: keycloak['LOGIN_URL']`"""

    def __init__(self, script, *options):
        self.command = ['bash', str(PEERS / script), *options]
        self.values = {}

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            key, _, value = line.rstrip('\n').partition('=')
            self.values[key] = value
            if key == 'READY':
                return self
        raise SystemExit(f'{" ".join(self.command)} ended with {self.process.wait()} before it was ready')

    def __exit__(self, *_):
        self.process.terminate()
        status = self.process.wait(timeout=30)
        if status != 0:
            print(f'{" ".join(self.command)} ended with {status}', file=sys.stderr)

    def __getitem__(self, key):
        return self.values[key]


def sign_in(login_url, user, out):
    """Saves the response as OUT.xml and the form value as OUT.xml.b64; returns what saml-login.py printed."""
    result = subprocess.run([sys.executable, '-B', str(PEERS / 'saml-login.py'), login_url, user, f'{user}-pass', f'{out}.xml'],
                            stdout=subprocess.PIPE, text=True, timeout=60, check=False)
    if result.returncode != 0:
        raise SystemExit(f'signing in as {user} at {login_url} ended with {result.returncode}')
    printed = dict(line.split('=', 1) for line in result.stdout.splitlines())
    printed['CAPTURED_AT'] = str(int(time.time()))
    return printed


def change_keycloak(keycloak, realm, *changes):
    subprocess.run([sys.executable, '-B', str(PEERS / 'keycloak/admin.py'), keycloak['URL'], realm, *changes], check=True, timeout=60)


def download(url, file):
    subprocess.run(['curl', '-sf', '--noproxy', '*', '-o', str(file), url], check=True, timeout=30, env=os.environ)
