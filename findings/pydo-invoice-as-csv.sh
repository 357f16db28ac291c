#!/usr/bin/env bash
# pydo 0.44.0, DigitalOcean's own Python client: an invoice as CSV, of the type text/csv that the API description states.
# Expected: the text, or its bytes, as of the same invoice as PDF. Seen: the client reads the CSV as JSON:
#   pdf: b'%PDF-1.7'
#   csv: JSONDecodeError
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


pdf = client(200, "application/pdf", b"%PDF-1.7").invoices.get_pdf_by_uuid("22737513-0ea7-4206-8ceb-98a575af7681")
print(f"pdf: {b''.join(pdf)}")
try:
    invoices = client(200, "text/csv", b"product,group_description\nDroplets,\n").invoices
    print(f"csv: {b''.join(invoices.get_csv_by_uuid('22737513-0ea7-4206-8ceb-98a575af7681'))}")
except ValueError as error:
    print(f"csv: {type(error).__name__}")
PY
seen=$(venv/bin/python seen.py)
expected="pdf: b'%PDF-1.7'
csv: JSONDecodeError"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
