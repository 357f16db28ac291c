#!/usr/bin/env bash
# fast-jwt 6.3.6: a token that expires in an hour and half a second. RFC 7519 (section 2) has a date as any JSON number of
# seconds, in which "non-integer values can be represented".
# Expected: to sign what it verifies. Seen: it verifies a token of that date, and does not sign one:
#   verify: accepted
#   sign: The exp claim must be a positive integer.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fast-jwt@6.3.6
cat >seen.mjs <<'JS'
import { createHmac } from "node:crypto";
import { createSigner, createVerifier } from "fast-jwt";
const key = "k".repeat(32);
const claims = { exp: Math.floor(Date.now() / 1000) + 3600.5 };
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signed = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
const token = `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
function outcome(action) {
  try {
    action();
    return "accepted";
  } catch (error) {
    return error.message;
  }
}
console.log(`verify: ${outcome(() => createVerifier({ key })(token))}`);
console.log(`sign: ${outcome(() => createSigner({ key })(claims))}`);
JS
seen=$(node seen.mjs)
expected='verify: accepted
sign: The exp claim must be a positive integer.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
