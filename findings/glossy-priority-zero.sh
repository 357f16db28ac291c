#!/usr/bin/env bash
# glossy 0.1.7: a syslog message of priority 0, an emergency of the kernel, "<0>" (RFC 5424, section 6.2.1).
# Expected: its facility and its severity, as of every other priority. Seen: neither, so that the one message that everybody
# should be woken by is no emergency for whoever asks for its severity:
#   <0>: facility undefined, severity undefined
#   <1>: facility kern, severity alert
#   <8>: facility user, severity emerg
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund glossy@0.1.7
cat >seen.mjs <<'JS'
import { Parse } from "glossy";
for (const priority of [0, 1, 8]) {
  const { facility, severity } = Parse.parse(`<${priority}>1 2026-01-01T00:00:00Z host.example.com kernel - - - text`);
  console.log(`<${priority}>: facility ${facility}, severity ${severity}`);
}
JS
seen=$(node seen.mjs)
expected='<0>: facility undefined, severity undefined
<1>: facility kern, severity alert
<8>: facility user, severity emerg'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
