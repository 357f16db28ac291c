#!/usr/bin/env bash
# @humanwhocodes/momoa 3.3.13: valid JSON5, as the reference library json5 2.2.3 reads it.
# Expected: the same values. Seen: errors for a number with a sign and no digit before its point, and for the names null
# and true, which the grammar allows as a key without quotes (IdentifierName, reserved words included):
#   -.5: json5 -0.5, momoa Unexpected character '.' found. (1:1)
#   {null: 1}: json5 {"null":1}, momoa Unexpected token Null found. (1:2)
#   {true: 1}: json5 {"true":1}, momoa Unexpected token Boolean found. (1:2)
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @humanwhocodes/momoa@3.3.13 json5@2.2.3
cat >seen.mjs <<'JS'
import json5 from "json5";
import { evaluate, parse } from "@humanwhocodes/momoa";
const outcome = (read) => {
  try {
    return JSON.stringify(read());
  } catch (error) {
    return error.message;
  }
};
for (const text of ["-.5", "{null: 1}", "{true: 1}"]) {
  const reference = outcome(() => json5.parse(text));
  console.log(`${text}: json5 ${reference}, momoa ${outcome(() => evaluate(parse(text, { mode: "json5" })))}`);
}
JS
seen=$(node seen.mjs)
expected="-.5: json5 -0.5, momoa Unexpected character '.' found. (1:1)
{null: 1}: json5 {\"null\":1}, momoa Unexpected token Null found. (1:2)
{true: 1}: json5 {\"true\":1}, momoa Unexpected token Boolean found. (1:2)"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
