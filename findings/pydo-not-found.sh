#!/usr/bin/env bash
# pydo 0.44.0, DigitalOcean's own Python client: a Droplet that is not there.
# Expected: an HttpResponseError, as for every other status of an error. Seen: the API's error comes back as the answer,
# and nothing is raised (the method's documentation lists that body, and says too that errors are raised):
#   401: HttpResponseError
#   404: {'id': 'not_found', 'message': 'no'}
#   429: HttpResponseError
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pydo==0.44.0
cat >seen.py <<'PY'
import io
import requests
from azure.core.exceptions import HttpResponseError
from azure.core.pipeline.transport import RequestsTransport
from pydo import Client
from urllib3 import HTTPResponse


class Answer(requests.adapters.BaseAdapter):
    """Answers every request as the API would, without a network."""

    def __init__(self, status, content_type, body):
        super().__init__()
        self.status, self.headers, self.body = status, {"content-type": content_type}, body

    def send(self, request, **options):
        response = requests.Response()
        response.status_code, response.request, response.url = self.status, request, request.url
        response.headers.update(self.headers)
        response.raw = HTTPResponse(io.BytesIO(self.body), self.headers, self.status, preload_content=False)
        return response

    def close(self):
        pass


def client(status, content_type, body):
    session = requests.Session()
    session.mount("https://", Answer(status, content_type, body))
    return Client("token", transport=RequestsTransport(session=session, session_owner=False), retry_total=0)


for status, code in [(401, b"unauthorized"), (404, b"not_found"), (429, b"too_many_requests")]:
    body = b'{"id": "%s", "message": "no"}' % code
    try:
        print(f"{status}: {client(status, 'application/json', body).droplets.get(1)}")
    except HttpResponseError:
        print(f"{status}: HttpResponseError")
PY
seen=$(venv/bin/python seen.py)
expected="401: HttpResponseError
404: {'id': 'not_found', 'message': 'no'}
429: HttpResponseError"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
