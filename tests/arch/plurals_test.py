#!/usr/bin/env python3
"""Holds that every text with a number in it (%n) has its plural forms in resources/translations.

plurals_test.py ROOT LUPDATE
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

FILE = 'resources/translations/gatewarden_en.ts'
FOLDERS = ('ui', 'app')
ROOT = LUPDATE = ''


def findings(root, folders, translations):
    """One line for each text without its forms, and for each form whose text is gone. The file is not changed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, os.path.basename(translations))
        shutil.copyfile(translations, copy)
        subprocess.run([LUPDATE, '-I', '.', '-pluralonly', '-locations', 'none', *folders, '-ts', copy], cwd=root, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        tree = ElementTree.parse(copy)
    found = []
    for context in tree.iter('context'):
        for message in context.iter('message'):
            name = f'{context.findtext("name")}: {message.findtext("source")}'
            translation = message.find('translation')
            forms = [(form.text or '').strip() for form in translation.iter('numerusform')]
            if translation.get('type') in ('vanished', 'obsolete'):
                found.append(f'{name}: no source has this text any more')
            elif translation.get('type') == 'unfinished' or len(forms) != 2 or not all(forms):
                found.append(f'{name}: its plural forms are missing')
            elif any('(s)' in form for form in forms):
                found.append(f'{name}: a form is as the source has it')
    return found


class Plurals(unittest.TestCase):
    def test_every_text_has_its_forms(self):
        found = findings(ROOT, FOLDERS, os.path.join(ROOT, FILE))
        self.assertEqual([], found, '\n' + '\n'.join(found) + '\nTo bring the file up to date: app/composition/CMakeLists.txt')

    def test_it_notices_what_is_missing(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, 'ui'))
            with open(os.path.join(folder, 'ui', 'text.cpp'), 'w', encoding='utf-8') as source:
                source.write('QString words(int n) { return QCoreApplication::translate("Words", "%n thing(s)", nullptr, n); }\n'
                             'const char* noop = QT_TRANSLATE_N_NOOP("Words", "%n other(s)");\n')
            file = os.path.join(folder, 'words.ts')
            form = '<numerusform>{}</numerusform>'
            message = '<message numerus="yes"><source>{}</source><translation>{}</translation></message>'
            known = [message.format('%n thing(s)', form.format('%n thing') + form.format('%n things')),
                     message.format('%n gone(s)', form.format('%n gone') + form.format('%n gones'))]
            with open(file, 'w', encoding='utf-8') as stream:
                stream.write('<!DOCTYPE TS><TS version="2.1" language="en_GB" sourcelanguage="en_GB"><context><name>Words</name>' + ''.join(known) +
                             '</context></TS>')
            self.assertEqual(['Words: %n gone(s): no source has this text any more', 'Words: %n other(s): its plural forms are missing'],
                             sorted(findings(folder, ['ui'], file)))


if __name__ == '__main__':
    ROOT, LUPDATE = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
