"""An STS of a few lines that answers GetCallerIdentity to whoever signs with the one right key, and to nobody else."""
import hashlib
import hmac
import http.server
import threading
import urllib.parse

IDENTITY = ('<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
            '<Arn>{arn}</Arn><UserId>AROAEXAMPLE:dana</UserId><Account>111122223333</Account></GetCallerIdentityResult>'
            '<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>')
REFUSAL = ('<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code>'
           '<Message>{code}</Message></Error><RequestId>1</RequestId></ErrorResponse>')
ARN = 'arn:aws:sts::111122223333:assumed-role/ReadOnly/dana'


def signature(secret, scope, to_sign):
    key = ('AWS4' + secret).encode()
    for part in scope.split('/'):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


class Sts(http.server.ThreadingHTTPServer):
    def __init__(self, key_id, secret, token):
        super().__init__(('127.0.0.1', 0), Handler)
        self.key_id, self.secret, self.token = key_id, secret, token
        self.regions = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f'http://127.0.0.1:{self.server_address[1]}'


class Handler(http.server.BaseHTTPRequestHandler):
    def problem(self, body):
        """AWS's code for what is wrong with the request, or None. Signature Version 4, one signed POST to "/"."""
        algorithm, _, fields = self.headers.get('Authorization', '').partition(' ')
        if algorithm != 'AWS4-HMAC-SHA256':
            return 'MissingAuthenticationToken'
        given = dict(field.strip().split('=', 1) for field in fields.split(','))
        key_id, scope = given['Credential'].split('/', 1)
        if key_id != self.server.key_id or self.headers.get('X-Amz-Security-Token') != self.server.token:
            return 'InvalidClientTokenId'
        names = given['SignedHeaders'].split(';')
        canonical = '\n'.join(['POST', self.path, '', *[f'{name}:{" ".join(self.headers[name].split())}' for name in names], '',
                               ';'.join(names), hashlib.sha256(body).hexdigest()])
        to_sign = '\n'.join([algorithm, self.headers['X-Amz-Date'], scope, hashlib.sha256(canonical.encode()).hexdigest()])
        self.server.regions.append(scope.split('/')[1])
        if not hmac.compare_digest(signature(self.server.secret, scope, to_sign), given['Signature']):
            return 'SignatureDoesNotMatch'
        return None if urllib.parse.parse_qs(body.decode()).get('Action') == ['GetCallerIdentity'] else 'InvalidAction'

    def do_POST(self):
        problem = self.problem(self.rfile.read(int(self.headers['Content-Length'])))
        text = (REFUSAL.format(code=problem) if problem else IDENTITY.format(arn=ARN)).encode()
        self.send_response(403 if problem else 200)
        self.send_header('Content-Type', 'text/xml')
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass
