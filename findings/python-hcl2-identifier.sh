#!/usr/bin/env bash
# python-hcl2 8.1.4: a name with a letter beyond ASCII, which HCL allows (identifiers are those of Unicode's annex 31).
# Expected: the value, as Terraform's own parser reads it (@cdktf/hcl2json 0.21.0). Seen: an error at the letter:
#   {"locals":[{"größe":1}]}
#   UnexpectedToken at line 2, column 5
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-hcl2==8.1.4
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @cdktf/hcl2json@0.21.0
printf 'locals {\n  größe = 1\n}\n' >main.tf
cat >seen.mjs <<'JS'
import { readFileSync } from "node:fs";
import hcl2json from "@cdktf/hcl2json";
console.log(JSON.stringify(await hcl2json.parse("main.tf", readFileSync("main.tf", "utf8"))));
JS
cat >seen.py <<'PY'
import hcl2
from lark.exceptions import UnexpectedInput
try:
    print(hcl2.loads(open("main.tf", encoding="utf-8").read()))
except UnexpectedInput as error:
    print(f"{type(error).__name__} at line {error.line}, column {error.column}")
PY
seen=$(node seen.mjs; venv/bin/python seen.py)
expected='{"locals":[{"größe":1}]}
UnexpectedToken at line 2, column 5'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
