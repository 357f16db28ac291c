#!/usr/bin/env bash
# hls-parser 0.16.1: a date range whose DURATION is 0, as every marker's is (RFC 8216, 4.3.2.7), read and written again.
# Expected: the same. Seen: the attribute is gone, and with it that the range has ended:
#   #EXT-X-DATERANGE:ID="marker",START-DATE="2026-01-01T00:00:00.000Z"
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hls-parser@0.16.1
cat >seen.mjs <<'JS'
import { parse, stringify } from "hls-parser";
const playlist = `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:10
#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00.000Z
#EXT-X-DATERANGE:ID="marker",START-DATE="2026-01-01T00:00:00.000Z",DURATION=0
#EXTINF:10,
1.ts
#EXT-X-ENDLIST`;
console.log(stringify(parse(playlist)).split("\n").filter((line) => line.startsWith("#EXT-X-DATERANGE")).join("\n"));
JS
seen=$(node seen.mjs)
expected='#EXT-X-DATERANGE:ID="marker",START-DATE="2026-01-01T00:00:00.000Z"'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
