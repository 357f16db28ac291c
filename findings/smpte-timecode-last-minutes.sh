#!/usr/bin/env bash
# smpte-timecode 1.3.6: the next frame of a timecode late in the day, at 23.976 and at 29.97 frames/s without dropping.
# Expected: the next label; without dropping none is left out, and a day has 24 or 30 of them in each of its 86400 seconds
# (SMPTE ST 12-1). Seen: the day ends after 86400 times 23.98 or 29.97, more than a minute of labels early, so that a log that
# runs past 23:58:33 begins again at zero, and a marker at midnight is somewhere else. With dropping, and at 25, it is right:
#   23:58:33:17 at 29.97: 00:00:00:00
#   23:59:00:00 at 23.976: 00:00:12:01
#   23:59:59:29 at 29.97: 00:01:26:12
#   23:59:59;29 at 29.97: 00:00:00;00
#   23:59:59:24 at 25: 00:00:00:00
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund smpte-timecode@1.3.6
cat >seen.mjs <<'JS'
import timecode from "smpte-timecode";
const labels = "23:58:33:17 29.97, 23:59:00:00 23.976, 23:59:59:29 29.97, 23:59:59;29 29.97, 23:59:59:24 25";
for (const [label, rate] of labels.split(", ").map((words) => words.split(" "))) {
  console.log(`${label} at ${rate}: ${timecode(label, Number(rate), label.includes(";")).add(1)}`);
}
JS
seen=$(node seen.mjs)
expected='23:58:33:17 at 29.97: 00:00:00:00
23:59:00:00 at 23.976: 00:00:12:01
23:59:59:29 at 29.97: 00:01:26:12
23:59:59;29 at 29.97: 00:00:00;00
23:59:59:24 at 25: 00:00:00:00'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
