#!/usr/bin/env python3
"""Signs in at real identity providers and keeps the responses and the metadata of the moment, for the tests that judge them.

collect.py FOLDER      FOLDER/cases.tsv: name, provider, user, ACS, seconds since 1970, metadata file; FOLDER/NAME.xml and
                       FOLDER/NAME.xml.b64: the response and the form value as posted
"""
import pathlib
import shutil
import sys

import peers


class Collection:
    def __init__(self, folder):
        self.folder = folder
        self.rows = []

    def metadata(self, name, url):
        file = self.folder / f'{name}-metadata.xml'
        peers.download(url, file)
        return file.name

    def add(self, name, provider, login_url, user, metadata):
        printed = peers.sign_in(login_url, user, self.folder / name)
        self.rows.append([name, provider, user, printed['ACS'], printed['CAPTURED_AT'], metadata])
        print(f'{name}: {printed["BYTES"]} bytes', flush=True)

    def write(self):
        (self.folder / 'cases.tsv').write_text(''.join('\t'.join(row) + '\n' for row in self.rows), encoding='utf-8')


def simplesamlphp(collection):
    for variant in ['both', 'response', 'assertion', 'encrypted', 'sha1']:
        with peers.Peer('simplesamlphp.sh', '--variant', variant) as peer:
            name = f'simplesamlphp-{variant}'
            metadata = collection.metadata(name, peer['METADATA_URL'])
            shutil.copy(peer['IDP_CERT'], collection.folder / f'{name}.crt')
            shutil.copy(peer['SP_KEY'], collection.folder / f'{name}-sp.key')
            users = ['developer', 'approver', 'admin', 'noroles', 'manyroles'] if variant == 'both' else ['developer']
            for user in users:
                collection.add(name if user == 'developer' else f'{name}-{user}', 'simplesamlphp', peer['LOGIN_URL'], user, metadata)


def keycloak(collection):
    with peers.Peer('keycloak.sh') as peer:
        def keep(name, user='developer', prefix='', metadata=None):
            metadata = metadata or collection.metadata(name, peer[prefix + 'METADATA_URL'])
            collection.add(name, 'keycloak', peer[prefix + 'LOGIN_URL'], user, metadata)
            return metadata

        metadata = keep('keycloak-both')
        for user in ['approver', 'admin', 'noroles']:
            keep(f'keycloak-both-{user}', user, metadata=metadata)
        keep('keycloak-encrypted', prefix='ENCRYPTED_')
        peers.change_keycloak(peer, 'aws', 'saml.assertion.signature=false')
        keep('keycloak-response', metadata=metadata)
        peers.change_keycloak(peer, 'aws', 'saml.assertion.signature=true', 'saml.server.signature=false')
        keep('keycloak-assertion', metadata=metadata)
        peers.change_keycloak(peer, 'aws', 'saml.server.signature=true', 'saml.signature.algorithm=RSA_SHA512')
        keep('keycloak-sha512', metadata=metadata)
        peers.change_keycloak(peer, 'aws', 'saml.signature.algorithm=RSA_SHA256')
        peers.change_keycloak(peer, 'aws', '--rotate-key')
        # The new key signs, the metadata of before does not know it, that of after does and still holds the old one.
        keep('keycloak-rotated-unknown', metadata=metadata)
        keep('keycloak-rotated')


def main(folder):
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, mode=0o700)
    collection = Collection(folder)
    simplesamlphp(collection)
    keycloak(collection)
    collection.write()


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1])) if len(sys.argv) == 2 else __doc__)
