#!/usr/bin/env bash
# pg-connection-string 2.14.1 (what node-postgres reads addresses with) beside libpq (psycopg 3.3.5) on one address with a plus
# sign behind the question mark. Expected: the same value; RFC 3986, which libpq's manual names, has no other meaning for it.
# Seen: libpq keeps the plus, node-postgres reads a space, so a password given this way opens psql and not the application:
#   libpq: a+b
#   node-postgres: a b
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund pg-connection-string@2.14.1
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check 'psycopg[binary]==3.3.5'
cat >seen.py <<'PY'
from psycopg.conninfo import conninfo_to_dict
print("libpq:", conninfo_to_dict("postgresql://host/database?user=reader&password=a+b")["password"])
PY
cat >seen.mjs <<'JS'
import { parse } from "pg-connection-string";
console.log(`node-postgres: ${parse("postgresql://host/database?user=reader&password=a+b").password}`);
JS
seen=$(python/bin/python seen.py && node seen.mjs)
expected='libpq: a+b
node-postgres: a b'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
