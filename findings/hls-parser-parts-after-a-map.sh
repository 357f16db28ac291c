#!/usr/bin/env bash
# hls-parser 0.16.1: a low-latency playlist with an EXT-X-MAP, parsed and written again as it is, while a segment grows.
# Expected: the lines that were read. Seen: an EXT-X-KEY before the parts, made of the map, with a method that is none:
#   #EXT-X-KEY:METHOD=undefined,URI="init.mp4"
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hls-parser@0.16.1
cat >seen.mjs <<'JS'
import { parse, stringify } from "hls-parser";
const playlist = `#EXTM3U
#EXT-X-VERSION:9
#EXT-X-TARGETDURATION:4
#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5
#EXT-X-PART-INF:PART-TARGET=0.5
#EXT-X-MAP:URI="init.mp4"
#EXTINF:4,
1.mp4
#EXT-X-PART:DURATION=0.5,URI="2.0.mp4"
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="2.1.mp4"`;
console.log(stringify(parse(playlist)).split("\n").filter((line) => line.startsWith("#EXT-X-KEY")).join("\n"));
JS
seen=$(node seen.mjs)
expected='#EXT-X-KEY:METHOD=undefined,URI="init.mp4"'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
