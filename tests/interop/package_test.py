#!/usr/bin/env python3
"""Makes the Debian package of the build and looks into it: what people get is complete, described rightly, and starts.

package_test.py CPACK BUILD_FOLDER
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

CPACK, BUILD = '', pathlib.Path()


def run(*command, **options):
    result = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            timeout=240, check=False, **options)
    if result.returncode != 0:
        raise AssertionError(f'{command} ended with {result.returncode}:\n{result.stdout}')
    return result.stdout


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        held = tempfile.TemporaryDirectory()
        cls.addClassCleanup(held.cleanup)
        cls.home = pathlib.Path(held.name)
        run(CPACK, '-G', 'DEB', '--config', BUILD / 'CPackConfig.cmake', '-B', cls.home / 'made')
        [cls.package] = (cls.home / 'made').glob('gatewarden_*.deb')
        cls.root = cls.home / 'root'
        run('dpkg-deb', '-x', cls.package, cls.root)

    def field(self, name):
        return run('dpkg-deb', '-f', self.package, name).strip()

    def test_holds_what_people_use_and_nothing_else(self):
        files = {str(path.relative_to(self.root)) for path in self.root.rglob('*') if not path.is_dir()}
        expected = {'usr/bin/gatewarden', 'usr/bin/gatewardenctl', 'usr/bin/gatewarden-credentials',
                    'usr/share/applications/org.gatewarden.Gatewarden.desktop', 'usr/share/metainfo/org.gatewarden.Gatewarden.metainfo.xml',
                    'usr/share/icons/hicolor/scalable/apps/gatewarden.svg', 'usr/share/doc/gatewarden/copyright',
                    'usr/share/man/man1/gatewardenctl.1', 'usr/share/man/man1/gatewarden-credentials.1',
                    'usr/share/bash-completion/completions/gatewardenctl', 'usr/share/zsh/site-functions/_gatewardenctl',
                    'usr/share/fish/vendor_completions.d/gatewardenctl.fish', 'usr/share/gatewarden/catalogue.jsonl'}
        self.assertEqual(expected - files, set())
        self.assertEqual(len([f for f in files if re.fullmatch(r'usr/lib/(\S+/)?gatewarden/gatewarden-login\.so', f)]), 1)
        for module in ('live', 'picture'):
            self.assertEqual(len([f for f in files if re.fullmatch(rf'usr/lib/(\S+/)?gatewarden/gatewarden-{module}\.so', f)]), 1)
        stray = [f for f in files if re.search(r'test|\.a$|\.h$|\.cmake$|gtest|gmock', f)]
        self.assertEqual(stray, [])

    def test_names_the_packages_it_needs(self):
        depends = self.field('Depends')
        for package in ['libqt6widgets6', 'libqt6network6', 'libqt6webenginewidgets6', 'libqt6svg6', 'libqt6keychain1', 'libxmlsec1-openssl', 'libssl3']:
            self.assertIn(package, depends)
        self.assertEqual(self.field('Package'), 'gatewarden')
        self.assertEqual(self.field('Architecture'), run('dpkg', '--print-architecture').strip())

    def test_every_file_is_roots_and_nobody_may_change_it(self):
        for line in run('dpkg-deb', '-c', self.package).splitlines():
            mode, owner = line.split()[:2]
            self.assertEqual(owner, 'root/root', line)
            self.assertFalse(mode[8] == 'w' or 's' in mode, line)

    def test_programs_start_from_where_they_are_put(self):
        environment = {'PATH': '/usr/bin:/bin', 'HOME': str(self.home), 'LANG': 'C.UTF-8', 'QT_QPA_PLATFORM': 'offscreen'}
        for program in ['gatewarden', 'gatewardenctl', 'gatewarden-credentials']:
            with self.subTest(program):
                self.assertRegex(run(self.root / 'usr/bin' / program, '--version', env=environment), r'\d+\.\d+\.\d+')
                self.assertIn(program, run(self.root / 'usr/bin' / program, '--help', env=environment))

    def test_the_helper_needs_no_library(self):
        self.assertNotIn('INTERP', run('readelf', '--program-headers', self.root / 'usr/bin/gatewarden-credentials'))

    def test_desktop_and_metainfo_files_are_valid(self):
        run('desktop-file-validate', self.root / 'usr/share/applications/org.gatewarden.Gatewarden.desktop')
        run('appstreamcli', 'validate', '--no-net', self.root / 'usr/share/metainfo/org.gatewarden.Gatewarden.metainfo.xml')


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    CPACK, BUILD = sys.argv.pop(1), pathlib.Path(os.path.abspath(sys.argv.pop(1)))
    unittest.main()
