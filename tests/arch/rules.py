"""The rules. Each takes what it needs and yields findings; check.py runs them all, check_test.py breaks each."""
import os
import re
from dataclasses import dataclass

import layers
from sources import CODE, line_of


@dataclass
class Finding:
    rule: str
    where: str              # path, or path:line, or a target
    text: str
    warning: bool = False

    def __str__(self):
        return f'{self.where}: {"warning: " if self.warning else ""}{self.text} [{self.rule}]'


def product(files):
    return [f for f in files if f.layer in layers.LAYERS]


def closure(layer):
    """module → every module that it may use."""
    direct, result = layers.USES[layer], {}

    def reach(module):
        if module not in result:
            result[module] = set()
            for used in direct[module]:
                result[module] |= {used} | reach(used)
        return result[module]

    for module in direct:
        reach(module)
    return result


def order_problem(layer, module, used_layer, used_module):
    """Why one folder may not use the other, or None."""
    if used_layer not in layers.LAYERS:
        return f'{layer}/ may not use {used_layer}/'
    if layers.LAYERS.index(used_layer) > layers.LAYERS.index(layer):
        return f'{used_layer}/ lies right of {layer}/ ({" ← ".join(layers.LAYERS)})'
    for one, folder in ((layer, module), (used_layer, used_module)):
        if folder not in layers.USES[one]:
            return f'the folder {one}/{folder} has no place in tests/arch/layers.py'
    if used_layer == layer and used_module != module and used_module not in closure(layer)[module]:
        return f'{layer}/{module} may not use {used_layer}/{used_module}'
    return None


def under(path, folders):
    return any(path.startswith(folder) for folder in folders)


# --- includes ---

TOPS = layers.LAYERS + ['tests', 'bench']


def rooted_includes(files):
    for file in files:
        if not file.is_cpp() or file.layer not in TOPS:
            continue
        for line, path, quoted in file.includes():
            top = path.split('/')[0]
            generated = re.fullmatch(r'moc_[\w-]+\.cpp|[\w-]+\.moc|ui_[\w-]+\.h|qrc_[\w-]+\.cpp', path)
            if quoted and '/' in path and top in TOPS and '..' not in path.split('/'):
                continue
            if quoted and not generated:
                yield Finding('rooted-includes', f'{file.path}:{line}', f'"{path}" does not start at the root of the repository')
            elif not quoted and '/' in path and top in TOPS:
                yield Finding('rooted-includes', f'{file.path}:{line}', f'<{path}> is ours: write it in quotes')


def include_order(files):
    for file in product(files):
        if not file.is_cpp():
            continue
        for line, path, quoted in file.includes():
            if not quoted or path.split('/')[0] not in TOPS:
                continue
            problem = order_problem(*layers.place_of_file(file.path), *layers.place_of_file(path))
            if problem:
                yield Finding('include-order', f'{file.path}:{line}', f'"{path}": {problem}')


IS_QT = re.compile(r'Q[A-Z]\w*$|Qt\w*/|qt6?keychain/|qt[a-z]*\.h$')


def qt_free(files):
    by_path = {f.path: f for f in files}
    for file in product(files):
        if not file.is_cpp() or not under(file.path, layers.QT_FREE):
            continue
        seen, waiting = {file.path}, [(file, [file.path], 0)]
        while waiting:
            current, chain, first = waiting.pop()
            for line, path, quoted in current.includes():
                at = first or line
                if IS_QT.match(path):
                    way = ' → '.join(chain[1:] + [f'<{path}>'])
                    yield Finding('qt-free', f'{file.path}:{at}', f'builds without Qt, yet includes {way}')
                elif quoted and path in by_path and path not in seen:
                    seen.add(path)
                    waiting.append((by_path[path], chain + [path], at))


def confined_includes(files):
    for file in product(files):
        if not file.is_cpp():
            continue
        for line, path, quoted in file.includes():
            if quoted:
                continue
            for library in layers.CONFINED:
                if not re.match(library.headers, path) or under(file.path, library.folders):
                    continue
                if any(re.match(headers, path) and under(file.path, folders) for headers, folders in library.exempt):
                    continue
                yield Finding('confined', f'{file.path}:{line}',
                              f'<{path}>: {library.name} only in {", ".join(library.folders)} ({library.why})')


def credentials_client(files):
    for file in product(files):
        if file.is_cpp() and file.path.startswith('app/credentials/'):
            for line, path, quoted in file.includes():
                if quoted and path != 'models/sessions/agent/protocol.h' and not path.startswith('app/credentials/'):
                    yield Finding('credentials-client', f'{file.path}:{line}',
                                  f'"{path}": the tiny client only knows models/sessions/agent/protocol.h')


# --- what the code says ---

def tokens(files, rule, pattern, text, where):
    for file in product(files):
        if file.is_cpp() and where(file):
            code = file.without_literals()
            for match in re.finditer(pattern, code):
                yield Finding(rule, f'{file.path}:{line_of(code, match.start())}', f'{match.group().strip()}: {text}')


def texts_in_libraries(files):
    return tokens(files, 'no-text', r'(?<![\w.>])(?:QObject::|QCoreApplication::)?(?:tr|translate|QT_TR_NOOP|QT_TRANSLATE_NOOP)\s*\(',
                  'text for people is made in ui/ and app/; return a typed error', lambda f: f.layer in ('saml', 'models'))


def nested_event_loops(files):
    # The one loop of a program; gatewardenctl has one in its module for the network only.
    def exec_is_nested(file):
        return not file.path.startswith('models/store/') and not re.fullmatch(r'app/\w+/(main|live_module)\.cpp', file.path)

    yield from tokens(files, 'event-loop', r'\bQEventLoop\b(?!::)|\bprocessEvents\s*\(', 'no nested event loops', lambda f: True)
    yield from tokens(files, 'event-loop', r'(?:\.|->|::)\s*exec\s*\(', 'no nested event loops: use open(), popup() or show()', exec_is_nested)
    yield from tokens(files, 'event-loop', r'\bwaitFor(?:Finished|Started|ReadyRead|BytesWritten|Connected|Disconnected|Encrypted|Done)\s*\(',
                      'never block: use signals or .then()', lambda f: True)


SECRETS = [
    (r'-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*(?:\\n"?\s*"?)?[A-Za-z0-9+/]{16}', 'a private key: make it at run time'),
    (r'\b(?:AKIA|ASIA)(?!([A-Z2-7])\1{15})(?![A-Z0-9]*EXAMPLE)[A-Z2-7]{16}\b', 'looks like a real access key id: use one that ends in EXAMPLE'),
    (r'(?i)aws_secret_access_key["\']?\s*[:=]\s*["\']?(?![A-Za-z0-9/+=]*EXAMPLE)[A-Za-z0-9/+=]{40}\b', 'looks like a real secret key'),
    (r'\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[bap]-[0-9A-Za-z-]{20,}', 'looks like a real token'),
]


def secret_material(files):
    for file in files:
        for pattern, text in SECRETS:
            for match in re.finditer(pattern, file.text):
                yield Finding('secrets', f'{file.path}:{line_of(file.text, match.start())}', text)


def file_length(files):
    for file in files:
        lines = file.text.count('\n')
        if file.path.endswith(CODE) and lines > layers.WARN_LINES:
            most = lines > layers.MOST_LINES
            text = f'{lines} lines; files have one job and at most {layers.MOST_LINES if most else layers.WARN_LINES}'
            yield Finding('file-length', file.path, text, warning=not most)


def unfinished(files):
    for file in product(files):
        for match in re.finditer(r'\b(?:TODO|FIXME|HACK)\b', file.text):
            yield Finding('unfinished', f'{file.path}:{line_of(file.text, match.start())}', f'{match.group()}: finish it or open an issue')


SHARED_FOLDERS = {'/', '/home', '/root', '/tmp', '/usr', '/usr/src', '/var', '/opt', '/srv', '/mnt', '/builds', '/workspace'}


def machine_paths(files, root):
    """The checkout lies somewhere else for everyone, so nothing may name where it lies here."""
    root = os.path.realpath(root)
    places = {root, os.path.dirname(root)} - SHARED_FOLDERS
    if not places:
        return
    pattern = r'(?<![\w.])(?:' + '|'.join(re.escape(p) for p in sorted(places, reverse=True)) + r')(?=[/\s"\'`)]|$)|(?<![\w.])/roo[t]/'
    for file in files:
        for match in re.finditer(pattern, file.text):
            yield Finding('machine-paths', f'{file.path}:{line_of(file.text, match.start())}', f'{match.group()} is a path of one machine')


# --- targets: name → (folder, [linked]) ---

def link_order(targets):
    for name, (folder, links) in targets.items():
        own = layers.place_of_target(name, folder)
        if own[0] not in layers.LAYERS:
            continue
        for linked in links:
            if linked in targets and targets[linked][0]:
                problem = order_problem(*own, *layers.place_of_target(linked, targets[linked][0]))
                if problem:
                    yield Finding('link-order', name, f'links {linked}: {problem}')


def confined_links(targets):
    for name, (folder, links) in targets.items():
        if folder.split('/')[0] not in layers.LAYERS:
            continue
        place = folder + '/'
        for linked in links:
            if linked.startswith('Qt6::') and under(place, [p for p in layers.QT_FREE if p.endswith('/')]):
                yield Finding('qt-free', name, f'links {linked}, and {folder} builds without Qt')
            for library in layers.CONFINED:
                allowed = library.folders + layers.MAY_LINK.get(library.name, [])
                if re.fullmatch(library.targets, linked) and not under(place, allowed):
                    yield Finding('confined', name, f'links {linked}: {library.name} only in {", ".join(allowed)}')


def closed_targets(targets):
    for name, pattern in layers.CLOSED_TO.items():
        seen, waiting = set(), [(name, [name])]
        while waiting:
            current, chain = waiting.pop()
            for linked in targets.get(current, ('', []))[1]:
                if re.fullmatch(pattern, linked):
                    yield Finding('closed-target', name, f'must not reach {linked}: {" → ".join(chain + [linked])}')
                elif linked not in seen:
                    seen.add(linked)
                    waiting.append((linked, chain + [linked]))


SOURCE_RULES = [rooted_includes, include_order, qt_free, confined_includes, credentials_client, texts_in_libraries,
                nested_event_loops, secret_material, file_length, unfinished]
TARGET_RULES = [link_order, confined_links, closed_targets]
