#!/usr/bin/env bash
# hls-parser 0.16.1: parts of one file, the second of which begins where the first ends, parsed and written again.
# Expected: BYTERANGE="100", or the offset that it means ("100@100"), in quotes as RFC 8216 bis has it and as it was
# read. Seen: an offset of minus one, and no quotes:
#   #EXT-X-PART:DURATION=0.5,URI="2.mp4",BYTERANGE=100@0
#   #EXT-X-PART:DURATION=0.5,URI="2.mp4",BYTERANGE=100@-1
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
#EXTINF:4,
1.mp4
#EXT-X-PART:DURATION=0.5,URI="2.mp4",BYTERANGE="100@0"
#EXT-X-PART:DURATION=0.5,URI="2.mp4",BYTERANGE="100"
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="2.mp4",BYTERANGE-START=200`;
console.log(stringify(parse(playlist)).split("\n").filter((line) => line.startsWith("#EXT-X-PART:")).join("\n"));
JS
seen=$(node seen.mjs)
expected='#EXT-X-PART:DURATION=0.5,URI="2.mp4",BYTERANGE=100@0
#EXT-X-PART:DURATION=0.5,URI="2.mp4",BYTERANGE=100@-1'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
