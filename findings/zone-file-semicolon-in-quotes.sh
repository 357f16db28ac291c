#!/usr/bin/env bash
# zone-file 1.0.0: a TXT record of several tags, as every DKIM key and DMARC policy is, which the library itself has written.
# Expected: the record that was written; inside of quotes a semicolon begins no comment, as it does outside of them (RFC 1035,
# section 5.1, has a <character-string> in quotes end at the closing one). Seen: all behind the first semicolon is gone, and
# the policy with it, with no error:
#   written: _dmarc IN TXT "v=DMARC1; p=reject"
#   read: v=DMARC1
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund zone-file@1.0.0
cat >seen.mjs <<'JS'
import { makeZoneFile, parseZoneFile } from "zone-file";
const policy = { name: "_dmarc", txt: "v=DMARC1; p=reject" };
const file = makeZoneFile({ $origin: "example.com.", $ttl: 3600, txt: [policy] });
console.log(`written: ${file.split("\n").find((line) => line.includes("TXT\t")).replaceAll("\t", " ")}`);
console.log(`read: ${parseZoneFile(file).txt[0].txt}`);
JS
seen=$(node seen.mjs)
expected='written: _dmarc IN TXT "v=DMARC1; p=reject"
read: v=DMARC1'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
