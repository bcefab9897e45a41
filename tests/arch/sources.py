"""Reads the files of a tree, and C++ with its comments and literals blanked."""
import os
import re

SKIPPED_FOLDERS = {'.git', '.cache', '__pycache__'}
CODE = ('.cpp', '.h', '.py', '.sh', '.cmake', '.sql', '.php')

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/'                                    # comments
    r'|R"(?P<tag>[^()\\\s]{0,16})\(.*?\)(?P=tag)"'           # raw strings
    r'|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL)


class File:
    def __init__(self, path, text):
        self.path = path            # from the root, with slashes
        self.text = text

    @property
    def layer(self):
        return self.path.split('/')[0]

    def is_cpp(self):
        return self.path.endswith(('.cpp', '.h'))

    def without_comments(self):
        return TOKEN.sub(lambda m: blank(m.group()) if m.group().startswith(('//', '/*')) else m.group(), self.text)

    def without_literals(self):
        return TOKEN.sub(lambda m: blank(m.group()), self.text)

    def includes(self):
        """(line, 'a/b.h', is in quotes) of every include."""
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', self.without_comments(), re.MULTILINE):
            yield line_of(self.text, match.start()), match.group(1) or match.group(2), match.group(1) is not None


def blank(text):
    return re.sub(r'[^\n]', ' ', text)


def line_of(text, position):
    return text.count('\n', 0, position) + 1


def read_tree(root):
    """Every text file below the root, in order of path; build folders and what git keeps for itself left out."""
    files = []
    for folder, folders, names in os.walk(root):
        at_top = os.path.samefile(folder, root)
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS and not (at_top and f == 'build'))
        for name in sorted(names):
            full = os.path.join(folder, name)
            if os.path.islink(full) or os.path.getsize(full) > 4 << 20:
                continue
            with open(full, 'rb') as stream:
                data = stream.read()
            if b'\0' in data:
                continue
            files.append(File(os.path.relpath(full, root).replace(os.sep, '/'), data.decode('utf-8', 'replace')))
    return files
