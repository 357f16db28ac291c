#!/usr/bin/env bash
# hls-parser 0.16.1: two date ranges before one segment, as of a break and of the first clip in it (RFC 8216, 4.3.2.7).
# Expected: both. Seen: the last one only, and that one without its DURATION, which is 0 as of every marker:
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
#EXT-X-DATERANGE:ID="break",START-DATE="2026-01-01T00:00:00.000Z",PLANNED-DURATION=60
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
