#!/usr/bin/env bash
# hls-parser 0.16.1: a master playlist that says that there are no closed captions, parsed and written again as it is.
# Expected: the line that was read. Seen: CLOSED-CAPTIONS=NONE is gone:
#   #EXT-X-STREAM-INF:BANDWIDTH=1280000,CODECS="avc1.4d401f"
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hls-parser@0.16.1
cat >seen.mjs <<'JS'
import { parse, stringify } from "hls-parser";
const playlist = `#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=1280000,CODECS="avc1.4d401f",CLOSED-CAPTIONS=NONE
720p.m3u8`;
console.log(stringify(parse(playlist)).split("\n").filter((line) => line.startsWith("#EXT-X-STREAM-INF")).join("\n"));
JS
seen=$(node seen.mjs)
expected='#EXT-X-STREAM-INF:BANDWIDTH=1280000,CODECS="avc1.4d401f"'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
