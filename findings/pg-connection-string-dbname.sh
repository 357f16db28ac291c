#!/usr/bin/env bash
# pg-connection-string 2.14.1 (what node-postgres reads addresses with) beside libpq (psycopg 3.3.5) on an address that names the
# database as a parameter. Expected: both take it, as both take `host`, `port`, `user` and `password` there, or it is refused. Seen:
# node-postgres has no database then, and so opens the one that is named like the user:
#   libpq: host=host port=25060 dbname=media
#   node-postgres: host=host port=25060 database=null
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund pg-connection-string@2.14.1
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check 'psycopg[binary]==3.3.5'
cat >seen.py <<'PY'
from psycopg.conninfo import conninfo_to_dict
found = conninfo_to_dict("postgresql://?host=host&port=25060&dbname=media")
print("libpq:", " ".join(f"{name}={found[name]}" for name in ("host", "port", "dbname")))
PY
cat >seen.mjs <<'JS'
import { parse } from "pg-connection-string";
const { host, port, database } = parse("postgresql://?host=host&port=25060&dbname=media");
console.log(`node-postgres: host=${host} port=${port} database=${database}`);
JS
seen=$(python/bin/python seen.py && node seen.mjs)
expected='libpq: host=host port=25060 dbname=media
node-postgres: host=host port=25060 database=null'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
