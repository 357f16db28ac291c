#!/usr/bin/env bash
# @humanwhocodes/momoa 3.3.13: a valid JSON document, parsed and printed, with the escaped character U+0000 in a string.
# Expected: JSON with "\u0000". Seen: "\0", an escape that JSON does not have, so that what was printed is not JSON:
#   printed: "a\0b"
#   read again: SyntaxError
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @humanwhocodes/momoa@3.3.13
cat >seen.mjs <<'JS'
import { parse, print } from "@humanwhocodes/momoa";
const text = String.raw`"a\u0000b"`;
JSON.parse(text);
const printed = print(parse(text));
console.log(`printed: ${printed}`);
try {
  console.log(`read again: ${JSON.stringify(JSON.parse(printed))}`);
} catch (error) {
  console.log(`read again: ${error.name}`);
}
JS
seen=$(node seen.mjs)
expected='printed: "a\0b"
read again: SyntaxError'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
