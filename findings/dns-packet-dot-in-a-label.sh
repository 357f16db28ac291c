#!/usr/bin/env bash
# dns-packet 5.6.1: a name on the wire of which a label has a dot in it, as the mailbox Action.domains of RFC 1035's own
# zone (section 5.3), which a SOA record names in its rname.
# Expected: the same bytes once it is decoded and encoded. Seen: the dot is not escaped, and parts the label in two:
#   wire:  14 "Action.domains" 3 "ISI" 3 "EDU"
#   again: 6 "Action" 7 "domains" 3 "ISI" 3 "EDU"
# Nor can the master file's own writing name it: of "Action\.domains.ISI.EDU" the backslash goes onto the wire:
#   escaped: 7 "Action\" 7 "domains" 3 "ISI" 3 "EDU"
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund dns-packet@5.6.1
cat >seen.mjs <<'JS'
import { name } from "dns-packet";
/** The labels of an encoded name, each with its length. */
function labels(wire) {
  const found = [];
  for (let at = 0; wire[at] !== 0; at += wire[at] + 1) {
    found.push(`${wire[at]} "${wire.toString("utf8", at + 1, at + 1 + wire[at])}"`);
  }
  return found.join(" ");
}
const parts = ["Action.domains", "ISI", "EDU", ""];
const wire = Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])));
console.log(`wire:  ${labels(wire)}`);
console.log(`again: ${labels(name.encode(name.decode(wire)))}`);
console.log(`escaped: ${labels(name.encode("Action\\.domains.ISI.EDU"))}`);
JS
seen=$(node seen.mjs)
expected='wire:  14 "Action.domains" 3 "ISI" 3 "EDU"
again: 6 "Action" 7 "domains" 3 "ISI" 3 "EDU"
escaped: 7 "Action\" 7 "domains" 3 "ISI" 3 "EDU"'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
