"""python3-saml, strict: rules and claims of one response; the median of processor time in microseconds."""
import base64
import statistics
import sys
import time

from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

folder = sys.argv[1]
with open(f'{folder}/provider.crt', encoding='ascii') as file:
    certificate = ''.join(file.read().splitlines()[1:-1])
with open(f'{folder}/response.xml', 'rb') as file:
    encoded = base64.b64encode(file.read()).decode()
settings = OneLogin_Saml2_Settings({
    'strict': True,
    'sp': {'entityId': 'urn:amazon:webservices', 'assertionConsumerService': {'url': 'https://signin.aws.amazon.com/saml'}},
    'idp': {'entityId': 'https://idp.example/metadata', 'x509cert': certificate, 'singleSignOnService': {'url': 'https://idp.example/sso'}},
}, sp_validation_only=True)
request = {'https': 'on', 'http_host': 'signin.aws.amazon.com', 'script_name': '/saml', 'server_port': '443'}
times = []
for _ in range(150):
    start = time.process_time()
    response = OneLogin_Saml2_Response(settings, encoded)
    if not response.is_valid(request):
        sys.exit(response.get_error())
    if not response.get_attributes():
        sys.exit('no attributes')
    times.append((time.process_time() - start) * 1e6)
print(f'{statistics.median(times[20:]):.1f}')
