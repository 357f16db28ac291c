#!/usr/bin/env bash
# mp4box 2.4.1 on a QuickTime file with a ProRes 4444 film (made by ffmpeg of imageio-ffmpeg 0.6.0). Expected: a video track, as the
# track's own handler says (`vide`), or an error that names the codec. Seen: the track is `metadata`, there is no video track, and
# no error, so a check for a picture refuses a master that has one:
#   handler: vide
#   type: metadata, codec: ap4h, video tracks: 0, other tracks: 1, errors: 0
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund mp4box@2.4.1
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check imageio-ffmpeg==0.6.0
ffmpeg=$(python/bin/python -c "import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())")
"$ffmpeg" -v error -f lavfi -i testsrc=s=128x72:r=24:d=1 -c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le film.mov </dev/null
cat >seen.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createFile } from "mp4box";
const file = createFile();
let found;
let errors = 0;
file.onReady = (info) => (found = info);
file.onError = () => (errors += 1);
const { buffer } = new Uint8Array(readFileSync("film.mov"));
buffer.fileStart = 0;
file.appendBuffer(buffer);
file.flush();
const [track] = found.tracks;
console.log(`handler: ${file.getTrackById(track.id).mdia.hdlr.handler}`);
console.log(`type: ${track.type}, codec: ${track.codec}, video tracks: ${found.videoTracks.length}, other tracks: ${found.otherTracks.length}, errors: ${errors}`);
JS
seen=$(node seen.mjs 2>/dev/null | grep -E "^(handler|type):")
expected='handler: vide
type: metadata, codec: ap4h, video tracks: 0, other tracks: 1, errors: 0'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
