#!/usr/bin/env bash
# fast-xml-builder 1.3.2 with fast-xml-parser 5.12.1: a carriage return in text, as the key of an object may have one.
# Expected: the reference &#13;, which a reader gives back. Seen: the character itself, which every reader of XML has to
# turn into a line feed (XML 1.0, section 2.11), so that another key is read than was written, with no error:
#   "a\rb" -> "<Key>a\rb</Key>" -> "a\nb"
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fast-xml-builder@1.3.2 fast-xml-parser@5.12.1
cat >seen.mjs <<'JS'
import Builder from "fast-xml-builder";
import { XMLParser } from "fast-xml-parser";
const key = "a\rb";
const built = new Builder().build({ Key: key });
console.log([key, built, new XMLParser().parse(built).Key].map((text) => JSON.stringify(text)).join(" -> "));
JS
seen=$(node seen.mjs)
expected='"a\rb" -> "<Key>a\rb</Key>" -> "a\nb"'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
