#!/usr/bin/env python3
"""Breaks every rule in a small tree of its own and sees the check say so, and only so."""
import os
import subprocess
import sys
import tempfile
import unittest

import check
import layers

HERE = os.path.dirname(os.path.abspath(__file__))


class Tree:
    """A source tree in a temporary folder: {path: text}."""

    def __init__(self, files, targets=None):
        self.files, self.targets = files, targets

    def findings(self):
        with tempfile.TemporaryDirectory() as root:
            for path, text in self.files.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, 'w', encoding='utf-8') as stream:
                    stream.write(text.replace('@ROOT@', os.path.realpath(root)))
            listed = None
            if self.targets is not None:
                listed = os.path.join(root, 'targets.txt')
                with open(listed, 'w', encoding='utf-8') as stream:
                    for name, folder, links in self.targets:
                        stream.write(f'{name}|{os.path.join(root, folder)}|{links}\n')
            found = check.check(root, listed)[1]
            return sorted((f.rule, f.where, f.warning) for f in found if not f.where.startswith('targets.txt'))


class Rules(unittest.TestCase):
    def fires(self, rule, files, where=None):
        found = Tree(files).findings()
        self.assertEqual([f[0] for f in found], [rule], found)
        if where:
            self.assertEqual(found[0][1], where)

    def quiet(self, files, targets=None):
        self.assertEqual(Tree(files, targets).findings(), [])

    def include(self, path, what):
        return {path: f'#pragma once\n#include {what}\n'}

    def test_include_order_between_layers(self):
        for path, what in [('saml/base/a.h', 'models/store/b.h'), ('saml/base/a.h', 'ui/style/b.h'), ('models/store/a.cpp', 'ui/style/b.h'),
                           ('models/cloud/a.h', 'app/practice/b.h'), ('ui/shell/a.cpp', 'app/composition/b.h'),
                           ('models/store/a.cpp', 'tests/support/b.h'), ('app/practice/a.cpp', 'bench/b.h')]:
            with self.subTest(path=path, what=what):
                self.fires('include-order', self.include(path, f'"{what}"'), f'{path}:2')

    def test_include_order_inside_layers(self):
        for path, what in [('saml/base/a.h', 'saml/xml/b.h'), ('saml/xml/a.h', 'saml/dsig/b.h'), ('saml/dsig/a.h', 'saml/protocol/b.h'),
                           ('saml/protocol/a.h', 'saml/metadata/b.h'), ('saml/metadata/a.h', 'saml/aws/b.h'), ('saml/aws/a.h', 'saml/metadata/b.h'),
                           ('models/store/a.h', 'models/cloud/b.h'), ('saml/aws/endpoints.h', 'saml/aws/claims.h'), ('saml/protocol/a.h', 'saml/aws/claims.h'), ('models/cloud/a.h', 'models/sessions/b.h'), ('models/sessions/a.h', 'models/items/b.h'),
                           ('models/policy/a.h', 'models/estate/b.h'), ('ui/style/a.h', 'ui/widgets/b.h'), ('ui/widgets/a.h', 'ui/shell/b.h'),
                           ('ui/shell/a.h', 'ui/sessions/b.h'), ('ui/sessions/a.h', 'ui/settings/b.h'), ('ui/sessions/a.h', 'ui/login/page.h'),
                           ('app/practice/a.h', 'app/composition/b.h'), ('saml/nowhere/a.h', 'saml/base/b.h')]:
            with self.subTest(path=path, what=what):
                self.fires('include-order', self.include(path, f'"{what}"'), f'{path}:2')

    def test_include_order_leaves_the_right_ones_alone(self):
        for path, what in [('saml/aws/a.h', 'saml/base/b.h'), ('saml/protocol/a.cpp', 'saml/aws/endpoints.h'), ('saml/aws/claims.h', 'saml/aws/arn.h'), ('models/items/a.h', 'models/cloud/b.h'), ('ui/sessions/a.h', 'ui/login/login_plugin.h'),
                           ('ui/shell/a.h', 'ui/errors_text.h'), ('ui/login/a.h', 'ui/widgets/b.h'), ('app/gatewarden/main.cpp', 'app/practice/practice.h'),
                           ('app/composition/a.h', 'ui/sessions/b.h'), ('tests/saml/a.cpp', 'app/practice/b.h'), ('bench/a.cpp', 'ui/shell/b.h')]:
            with self.subTest(path=path, what=what):
                self.quiet(self.include(path, f'"{what}"'))

    def test_commented_includes_do_not_count(self):
        self.quiet({'saml/base/a.cpp': '// #include "ui/b.h"\n/*\n#include "ui/b.h"\n*/\n'})

    def test_rooted_includes(self):
        self.fires('rooted-includes', self.include('saml/base/a.cpp', '"a.h"'), 'saml/base/a.cpp:2')
        self.fires('rooted-includes', self.include('ui/shell/a.cpp', '"shell/a.h"'))
        self.fires('rooted-includes', self.include('tests/saml/a.cpp', '"../support/a.h"'))
        self.fires('rooted-includes', self.include('models/store/a.cpp', '<models/store/a.h>'))
        self.quiet({'ui/shell/a.cpp': '#include "ui/shell/a.h"\n#include "a.moc"\n#include "moc_a.cpp"\n'})

    def test_qt_free(self):
        for path in ['saml/base/a.h', 'models/policy/a.cpp', 'models/estate/a.h', 'models/mesh/a.h', 'models/access/a.h', 'models/items/role_search.h',
                     'models/sessions/agent/protocol.cpp', 'models/sessions/outputs/a.h', 'models/store/files.cpp']:
            for header in ['<QString>', '<QtCore/QString>', '<qt6keychain/keychain.h>']:
                with self.subTest(path=path, header=header):
                    self.fires('qt-free', self.include(path, header), f'{path}:2')
        self.quiet(self.include('models/items/session_model.h', '<QAbstractItemModel>'))

    def test_qt_free_through_another_header(self):
        self.fires('qt-free', self.include('models/sessions/outputs/a.h', '"models/cloud/b.h"') | self.include('models/cloud/b.h', '<QObject>'),
                   'models/sessions/outputs/a.h:2')

    def test_confined_libraries(self):
        for path, header in [('saml/protocol/a.cpp', '<libxml/tree.h>'), ('saml/metadata/a.cpp', '<xmlsec/xmlsec.h>'), ('app/practice/a.cpp', '<libxml/parser.h>'),
                             ('models/sessions/a.cpp', '<QNetworkAccessManager>'), ('ui/shell/a.cpp', '<QTcpServer>'), ('models/store/a.cpp', '<QSslSocket>'),
                             ('app/composition/a.cpp', '<QUdpSocket>'), ('ui/settings/a.cpp', '<QHostAddress>'), ('ui/login/a.cpp', '<QNetworkAccessManager>'),
                             ('ui/shell/a.cpp', '<QLocalSocket>'), ('models/store/a.cpp', '<QLocalServer>'), ('ui/settings/a.cpp', '<QtNetwork/QSslKey>'),
                             ('models/items/a.cpp', '<QSqlDatabase>'), ('ui/shell/a.cpp', '<QtSql/QSqlQuery>'), ('ui/sessions/a.cpp', '<QWebEngineView>'),
                             ('app/gatewarden/a.cpp', '<QtWebEngineWidgets/QWebEngineView>'), ('app/gatewarden/a.cpp', '<QWebChannel>')]:
            with self.subTest(path=path, header=header):
                self.fires('confined', self.include(path, header), f'{path}:2')
        for path, header in [('saml/xml/a.cpp', '<libxml/tree.h>'), ('saml/dsig/a.cpp', '<xmlsec/xmlsec.h>'), ('tests/saml/a.cpp', '<libxml/tree.h>'),
                             ('models/cloud/a.cpp', '<QNetworkReply>'), ('app/practice/a.cpp', '<QTcpServer>'), ('models/sessions/agent/a.cpp', '<QLocalServer>'),
                             ('app/gatewarden/a.cpp', '<QLocalSocket>'), ('ui/login/a.cpp', '<QAuthenticator>'), ('models/store/a.cpp', '<QSqlQuery>'),
                             ('ui/login/a.cpp', '<QWebEngineView>')]:
            with self.subTest(path=path, header=header):
                self.quiet(self.include(path, header))

    def test_credentials_client(self):
        self.fires('credentials-client', self.include('app/credentials/main.cpp', '"saml/base/json.h"'))
        self.quiet(self.include('app/credentials/main.cpp', '"models/sessions/agent/protocol.h"'))

    def test_texts_in_libraries(self):
        for line in ['auto t = tr("a");', 'auto t = QObject::tr("a");', 'auto t = QCoreApplication::translate("a", "b");', 'auto t = QT_TR_NOOP("a");']:
            with self.subTest(line=line):
                self.fires('no-text', {'models/items/a.cpp': line + '\n'}, 'models/items/a.cpp:1')
        self.quiet({'ui/shell/a.cpp': 'auto t = tr("a");\n', 'models/items/a.cpp': '// tr("a")\nauto s = "tr(x)"; str(1); a.tr(1);\n'})

    def test_nested_event_loops(self):
        for path, line in [('ui/shell/a.cpp', 'QEventLoop loop;'), ('models/cloud/a.cpp', 'QCoreApplication::processEvents();'),
                           ('ui/shell/a.cpp', 'menu.exec(here);'), ('ui/shell/a.cpp', 'dialog->exec();'), ('app/composition/a.cpp', 'app.exec();'),
                           ('models/cloud/a.cpp', 'future.waitForFinished();'), ('app/gatewarden/a.cpp', 'socket.waitForConnected(100);')]:
            with self.subTest(path=path, line=line):
                self.fires('event-loop', {path: line + '\n'})
        self.quiet({'app/gatewarden/main.cpp': 'return application.exec();\n', 'models/store/a.cpp': 'query.exec(text);\n',
                    'tests/ui/a.cpp': 'future.waitForFinished();\n'})

    def test_secret_material(self):
        # Put together here, so that this file passes its own rule.
        key = '-----BEGIN ' + 'RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0123456789\n'
        for text in [key, 'id = "AKIA' + 'ABCDEFGHIJKLMNOP"\n', 'aws_secret_access_key = ' + 'a1B2' * 10 + '\n', 'ghp_' + 'a' * 36 + '\n']:
            with self.subTest(text=text[:20]):
                self.fires('secrets', {'app/practice/a.txt': text})
                self.fires('secrets', {'tests/data/a.txt': text})
        self.quiet({'app/practice/a.cpp': '"-----BEGIN ' + 'PRIVATE KEY-----"; "AKIAIOSFODNN7EXAMPLE"; "ASIAAAAAAAAAAAAAAAAA";\n',
                    'tests/data/a.ini': 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n'})

    def test_file_length(self):
        self.assertEqual(Tree({'ui/shell/a.cpp': '\n' * 601}).findings(), [('file-length', 'ui/shell/a.cpp', False)])
        self.assertEqual(Tree({'ui/shell/a.cpp': '\n' * 401}).findings(), [('file-length', 'ui/shell/a.cpp', True)])
        self.quiet({'ui/shell/a.cpp': '\n' * 400, 'tests/data/a.xml': '\n' * 1000})

    def test_unfinished(self):
        self.fires('unfinished', {'ui/shell/a.cpp': '// TO' + 'DO: later\n'})

    def test_machine_paths(self):
        self.fires('machine-paths', {'saml/base/a.cpp': '', 'README.md': 'cd @ROOT@/build\n'}, 'README.md:1')
        self.fires('machine-paths', {'saml/base/a.cpp': '', 'a.sh': 'x=/roo' + 't/.cache\n'}, 'a.sh:1')
        self.quiet({'saml/base/a.cpp': '', 'a.sh': 'x=$HOME/.cache /usr/bin/env\n'})

    def test_links(self):
        good = [('gw_base', 'saml/base', 'nlohmann_json::nlohmann_json'), ('gw_saml', 'saml', 'gw_base'), ('gw_cloud', 'models/cloud', 'gw_saml;Qt6::Network'),
                ('gw_sessions', 'models/sessions', 'gw_cloud;Qt6::Network'), ('gatewarden-login', 'ui/login', 'Qt6::WebEngineWidgets'),
                ('gw_saml_xml', 'saml/xml', '$<LINK_ONLY:gw_base>;PkgConfig::LIBXML2'),
                ('gw_aws_endpoints', 'saml/aws', 'gw_base'), ('gw_saml_protocol', 'saml/protocol', 'gw_aws_endpoints')]
        self.quiet({'saml/base/a.cpp': ''}, good)
        for rule, target in [('link-order', ('bad', 'saml/base', 'gw_cloud')), ('link-order', ('bad', 'saml/dsig', 'gw_aws_endpoints')), ('link-order', ('bad', 'models/cloud', 'gw_sessions')),
                             ('link-order', ('bad', 'saml/xml', '$<LINK_ONLY:gw_saml>')), ('qt-free', ('bad', 'saml/aws', 'Qt6::Core')),
                             ('confined', ('bad', 'saml/aws', 'PkgConfig::XMLSEC')), ('confined', ('bad', 'ui/shell', 'Qt6::Network')),
                             ('confined', ('bad', 'models/items', 'Qt6::Sql')), ('confined', ('bad', 'app/gatewarden', 'Qt6::WebEngineCore')),
                             ('closed-target', ('gatewardenctl', 'app/gatewardenctl', 'Qt6::Widgets')),
                             ('closed-target', ('gatewarden-credentials', 'app/credentials', 'gw_base'))]:
            with self.subTest(target=target):
                found = Tree({'saml/base/a.cpp': ''}, good + [target]).findings()
                self.assertEqual([f[0] for f in found], [rule], found)

    def test_what_a_program_reaches_through_others(self):
        targets = [('gw_composition', 'app/composition', 'gw_view'), ('gw_view', 'ui/login', 'Qt6::WebEngineWidgets'), ('gatewarden', 'app/gatewarden', 'gw_composition')]
        self.assertEqual(Tree({'saml/base/a.cpp': ''}, targets).findings(), [('closed-target', 'gatewarden', False)])


class Configured(unittest.TestCase):
    def test_cmake_lists_every_target_with_its_links(self):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, 'saml/base'))
            with open(os.path.join(root, 'CMakeLists.txt'), 'w', encoding='utf-8') as stream:
                stream.write('cmake_minimum_required(VERSION 3.25)\nproject(small NONE)\nadd_subdirectory(saml)\n'
                             f'include({HERE}/targets.cmake)\ngw_write_targets({root}/targets.txt {root}/saml)\n')
            with open(os.path.join(root, 'saml/CMakeLists.txt'), 'w', encoding='utf-8') as stream:
                stream.write('add_subdirectory(base)\nadd_library(gw_saml INTERFACE)\ntarget_link_libraries(gw_saml INTERFACE gw_base Qt6::Core)\n')
            with open(os.path.join(root, 'saml/base/CMakeLists.txt'), 'w', encoding='utf-8') as stream:
                stream.write('add_library(gw_base INTERFACE)\nadd_custom_target(extra)\n')
            subprocess.run([os.environ.get('CMAKE', 'cmake'), '-S', root, '-B', os.path.join(root, 'build')], check=True, stdout=subprocess.DEVNULL)
            self.assertEqual(check.read_targets(os.path.join(root, 'targets.txt'), root),
                             {'gw_saml': ('saml', ['Qt6::Core', 'gw_base']), 'gw_base': ('saml/base', []), 'extra': ('saml/base', [])})


class Order(unittest.TestCase):
    def test_names_every_layer_and_has_no_circle(self):
        self.assertEqual(set(layers.USES), set(layers.LAYERS))
        for layer in layers.LAYERS:
            for module, used in check.rules.closure(layer).items():
                self.assertNotIn(module, used)


if __name__ == '__main__':
    sys.path.insert(0, HERE)
    unittest.main()
