#!/usr/bin/env bash
# m3u8 6.0.0 of PyPI: a variant's REQ-VIDEO-LAYOUT, which the library knows, read and written again as it is.
# Expected: the attribute that was read. Seen: an underscore in its name, and quotes around the quotes:
#   #EXT-X-STREAM-INF:BANDWIDTH=1280000,REQ-VIDEO_LAYOUT=""CH-STEREO""
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check m3u8==6.0.0
cat >seen.py <<'PY'
import m3u8
text = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1280000,REQ-VIDEO-LAYOUT="CH-STEREO"\nv.m3u8\n'
print(m3u8.loads(text).dumps().splitlines()[1])
PY
seen=$(venv/bin/python seen.py)
expected='#EXT-X-STREAM-INF:BANDWIDTH=1280000,REQ-VIDEO_LAYOUT=""CH-STEREO""'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
