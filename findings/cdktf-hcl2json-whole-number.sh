#!/usr/bin/env bash
# @cdktf/hcl2json 0.21.0: a whole number of more than 53 bits in HCL, which Terraform keeps to the last digit.
# Expected: the number, as text or a BigInt if need be, or an error. Seen: another number, and no word about it:
#   {"locals":[{"id":9007199254740992}]}
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @cdktf/hcl2json@0.21.0
cat >seen.mjs <<'JS'
import hcl2json from "@cdktf/hcl2json";
console.log(JSON.stringify(await hcl2json.parse("main.tf", "locals {\n  id = 9007199254740993\n}\n")));
JS
seen=$(node seen.mjs)
expected='{"locals":[{"id":9007199254740992}]}'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
