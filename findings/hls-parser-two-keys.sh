#!/usr/bin/env bash
# hls-parser 0.16.1: a segment that two systems can decrypt, each with an EXT-X-KEY of its KEYFORMAT (RFC 8216, 4.3.2.4).
# Expected: both keys. Seen: the last one only, so that players of the other system cannot play:
#   read: com.apple.streamingkeydelivery, urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed
#   written: urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hls-parser@0.16.1
cat >seen.mjs <<'JS'
import { parse, stringify } from "hls-parser";
const playlist = `#EXTM3U
#EXT-X-VERSION:5
#EXT-X-TARGETDURATION:10
#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://1",KEYFORMAT="com.apple.streamingkeydelivery",KEYFORMATVERSIONS="1"
#EXT-X-KEY:METHOD=SAMPLE-AES,URI="data:1",KEYFORMAT="urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed",KEYFORMATVERSIONS="1"
#EXTINF:10,
1.ts
#EXT-X-ENDLIST`;
const systems = (text) => [...text.matchAll(/KEYFORMAT="(.*?)"/g)].map(([, system]) => system).join(", ");
console.log(`read: ${systems(playlist)}`);
console.log(`written: ${systems(stringify(parse(playlist)))}`);
JS
seen=$(node seen.mjs)
expected='read: com.apple.streamingkeydelivery, urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed
written: urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
