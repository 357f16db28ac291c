#!/usr/bin/env bash
# python-digitalocean 1.17.0: a CAA record, of which the API requires a `tag`.
# Expected: "tag": "issue" in the request. Seen: the record is sent with `tags`, which the API does not know, while
# create_new_domain_record of the same library sends `tag`:
#   Record: tag None, tags issue
#   create_new_domain_record: tag issue, tags None
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-digitalocean==1.17.0
cat >seen.py <<'PY'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from digitalocean import Domain, Record


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        sent.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(201)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"domain_record": {"id": 1}}')

    def log_message(self, *words):
        pass


sent = []
server = HTTPServer(("127.0.0.1", 0), Answer)
threading.Thread(target=server.serve_forever, daemon=True).start()
end_point = f"http://127.0.0.1:{server.server_port}/v2/"
record = {"type": "CAA", "name": "@", "data": "letsencrypt.org.", "flags": 0}
one = Record(domain_name="example.com", token="token", tags="issue", **record)
one.end_point = end_point
one.create()
domain = Domain(name="example.com", token="token")
domain.end_point = end_point
domain.create_new_domain_record(tag="issue", **record)
for way, body in zip(["Record", "create_new_domain_record"], sent):
    print(f"{way}: tag {body.get('tag')}, tags {body.get('tags')}")
server.shutdown()
PY
seen=$(venv/bin/python seen.py)
expected='Record: tag None, tags issue
create_new_domain_record: tag issue, tags None'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
