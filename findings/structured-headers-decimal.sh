#!/usr/bin/env bash
# structured-headers 2.1.0: a number that rounds to a whole one at three digits, as a measured time may, in a header.
# Expected: "12.0"; a decimal has at least one digit behind its point (RFC 9651, 3.3.2 and 4.1.5, step 8). Seen: "12.", with
# no error, which its own reader refuses, and of which every reader has to ignore the whole field, all other keys too (4.2):
#   12.5 s: ttfb=12.5, id="a" -> ttfb,id
#   12.0004 s: ttfb=12., id="a" -> Parse error: Decimal cannot end on a period at offset 8
#   0.0004 s: ttfb=0., id="a" -> Parse error: Decimal cannot end on a period at offset 7
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund structured-headers@2.1.0
cat >seen.mjs <<'JS'
import { parseDictionary, serializeDictionary } from "structured-headers";
function readAgain(field) {
  try {
    return [...parseDictionary(field).keys()].join(",");
  } catch (error) {
    return error.message;
  }
}
for (const seconds of [12.5, 12.0004, 0.0004]) {
  const field = serializeDictionary({ ttfb: seconds, id: "a" });
  console.log(`${seconds} s: ${field} -> ${readAgain(field)}`);
}
JS
seen=$(node seen.mjs)
expected='12.5 s: ttfb=12.5, id="a" -> ttfb,id
12.0004 s: ttfb=12., id="a" -> Parse error: Decimal cannot end on a period at offset 8
0.0004 s: ttfb=0., id="a" -> Parse error: Decimal cannot end on a period at offset 7'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
