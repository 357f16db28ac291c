#!/usr/bin/env bash
# dns-zonefile 0.3.2, by its page "RFC1035 compliant": a record that begins with a blank, and so is "owned by the last stated
# owner" (RFC 1035, section 5.1), as is usual for a second record of one name; read and written again.
# Expected: both addresses of media.example.com. Seen: the second is one of example.com itself, so that over IPv6 the one is
# gone and the other is somewhere else, and no word about it:
#   read:    media IN A 192.0.2.1 |  IN AAAA 2001:db8::1
#   written: media IN A 192.0.2.1 | @ IN AAAA 2001:db8::1
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund dns-zonefile@0.3.2
cat >seen.mjs <<'JS'
import zonefile from "dns-zonefile";
const records = ["media IN A 192.0.2.1", " IN AAAA 2001:db8::1"];
const authority = "@ IN SOA ns.example.com. admin.example.com. ( 1 7200 900 1209600 300 )";
const file = ["$ORIGIN example.com.", "$TTL 3600", authority, ...records, ""].join("\n");
const written = zonefile.generate(zonefile.parse(file)).replaceAll("\t", " ").split("\n");
console.log(`read:    ${records.join(" | ")}`);
console.log(`written: ${written.filter((line) => / IN (A|AAAA) /.test(line)).join(" | ")}`);
JS
seen=$(node seen.mjs)
expected='read:    media IN A 192.0.2.1 |  IN AAAA 2001:db8::1
written: media IN A 192.0.2.1 | @ IN AAAA 2001:db8::1'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
