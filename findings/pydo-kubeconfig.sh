#!/usr/bin/env bash
# pydo 0.44.0, DigitalOcean's own Python client: a cluster's kubeconfig, of the type application/yaml that the API
# description states as the only one.
# Expected: the text, or what is in it. Seen: an error about the type, so that the method has no answer that it can read:
#   DecodeError: Cannot deserialize content-type: application/yaml
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


try:
    kubernetes = client(200, "application/yaml", b"apiVersion: v1\nkind: Config\n").kubernetes
    print(kubernetes.get_kubeconfig("bd5f5959-5e1e-4205-a714-a914373942af"))
except HttpResponseError as error:
    print(f"{type(error).__name__}: {error.message}")
PY
seen=$(venv/bin/python seen.py)
expected="DecodeError: Cannot deserialize content-type: application/yaml"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
