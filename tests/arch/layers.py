"""The order of the source tree, as data. A new folder gets a line here, or the check asks for one."""

# Include and link only leftwards.
LAYERS = ['saml', 'models', 'ui', 'app']

# Inside a layer: each folder and those that it may use, directly or through them. '' stands for files and targets that
# lie in the layer's own folder.
USES = {
    'saml': {
        'base': [],
        'endpoints': ['base'],
        'xml': ['base'],
        'dsig': ['xml'],
        'protocol': ['dsig', 'endpoints'],
        'metadata': ['dsig'],
        'aws': ['protocol'],
        'inspect': ['protocol', 'metadata', 'aws'],
        '': ['inspect'],
    },
    'models': {
        'policy': [],
        'estate': ['policy'],
        'mesh': ['estate'],
        'access': ['mesh'],
        'audit': ['access'],
        'store': ['estate'],
        'cloud': ['store'],
        'sessions': ['cloud'],
        'items': ['sessions', 'audit'],
        '': ['items'],
    },
    'ui': {
        'login-door': [],
        'errors': ['login-door'],
        '': ['errors'],
        'reports': ['errors'],
        'style': [],
        'widgets': ['style', ''],
        'canvas': ['widgets'],
        'shell': ['widgets'],
        'estate': ['widgets'],
        'sessions': ['shell'],
        'requests': ['shell'],
        'map': ['shell', 'canvas'],
        'review': ['shell', 'estate', 'reports'],
        'audit': ['shell'],
        'inspector': ['shell'],
        'explain': ['shell', 'estate'],
        'settings': ['shell'],
        'login': ['widgets'],
    },
    'app': {
        'practice': [],
        'composition': ['practice'],
        'tour': ['composition'],
        'gatewarden': ['composition'],
        'gatewardenctl': ['credentials', 'practice'],
        'credentials': [],
        '': [],
    },
}

# What lies in one folder and stands elsewhere in the order. The verifier knows AWS's endpoints and audiences; AWS's claims are
# read from what it verified. The sign-in window is a plugin: others know its interface only.
PART_OF_FILES = {'saml/aws/acs_matcher.': 'endpoints', 'saml/aws/arn.': 'endpoints', 'saml/aws/endpoints.': 'endpoints',
                 'saml/aws/partition_data.': 'endpoints', 'ui/login/login_plugin.': 'login-door'}
PART_OF_TARGETS = {'gw_aws_endpoints': 'endpoints', 'gw_ui_login_door': 'login-door'}

# Headers and sources that build without Qt, themselves and everything they include.
QT_FREE = [
    'saml/',
    'models/policy/', 'models/estate/', 'models/mesh/', 'models/access/',
    'models/items/role_search.', 'models/items/table/', 'models/items/review/',
    'models/sessions/agent/protocol.',
    'models/sessions/outputs/',
    'models/store/files.',
    'app/credentials/',
]


def place_of_file(path):
    """(layer, folder), as the order above names them."""
    parts = path.split('/')
    part = next((name for start, name in PART_OF_FILES.items() if path.startswith(start)), None)
    return parts[0], part or (parts[1] if len(parts) > 2 else '')


def place_of_target(name, folder):
    parts = folder.split('/')
    return parts[0], PART_OF_TARGETS.get(name) or (parts[1] if len(parts) > 1 else '')


class Confined:
    """A library that only some folders may include and link."""

    def __init__(self, name, headers, targets, folders, why, exempt=()):
        self.name = name
        self.headers = headers      # regular expression over what stands between the angle brackets
        self.targets = targets      # regular expression over the CMake targets that stand for it
        self.folders = folders      # who may
        self.why = why
        self.exempt = exempt        # (regular expression over headers, folders): what else is all right, and where


CONFINED = [
    Confined('libxml2 and xmlsec', r'libxml2?/|xmlsec/|libxslt/', r'PkgConfig::(LIBXML2|XMLSEC|XMLSEC1).*|LibXml2::.*',
             ['saml/xml/', 'saml/dsig/'], 'there is one hardened reader of XML'),
    Confined('QtNetwork', r'QtNetwork\b|Q(Network|Tcp|Udp|Ssl|Host|Dns|Hsts|AbstractSocket|Local(Socket|Server)|Authenticator|HttpPart|HttpMultiPart)',
             r'Qt6::Network(Private)?', ['models/cloud/', 'app/practice/'], 'one place checks TLS, sizes and time limits',
             exempt=[(r'QLocal(Socket|Server)$', ['models/sessions/agent/', 'app/']),
                     # Values that the web engine's signals carry; they open no connection.
                     (r'Q(Authenticator|NetworkProxy|NetworkProxyFactory|SslCertificate|NetworkCookie)$', ['ui/login/'])]),
    Confined('QtSql', r'QtSql\b|QSql', r'Qt6::Sql(Private)?', ['models/store/'], 'SQL stays behind the store'),
    Confined('WebEngine', r'Qt(WebEngine|WebChannel)|Q(WebEngine|WebChannel)', r'Qt6::(WebEngine|WebChannel).*',
             ['ui/login/'], 'it costs start time and memory until the first sign-in'),
]
# Linking follows including, except that the agent's local sockets live in QtNetwork too.
MAY_LINK = {'QtNetwork': ['models/sessions/', 'app/']}

# What the whole closure of a target's links must not reach.
CLOSED_TO = {
    'gatewarden': r'Qt6::WebEngine.*',
    'gatewarden-tour': r'Qt6::WebEngine.*',
    'gatewardenctl': r'Qt6::(Widgets|WebEngine.*)',
    'gatewarden-credentials': r'Qt6::.*|PkgConfig::.*|OpenSSL::.*|nlohmann_json::.*',
    'gw_agent_protocol': r'Qt6::.*|PkgConfig::.*|nlohmann_json::.*',
}

# Lines in a file of code.
WARN_LINES, MOST_LINES = 400, 600
