#!/usr/bin/env bash
# m3u8 6.0.0 of PyPI: a live playlist that announces a break after its last segment, read and written again as it is.
# Expected: both date ranges. Seen: the one after the last segment is gone, and no word about it:
#   ['first']
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check m3u8==6.0.0
cat >seen.py <<'PY'
import re
import m3u8
playlist = """#EXTM3U
#EXT-X-TARGETDURATION:10
#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00.000Z
#EXT-X-DATERANGE:ID="first",START-DATE="2026-01-01T00:00:00.000Z"
#EXTINF:10,
1.ts
#EXT-X-DATERANGE:ID="next",START-DATE="2026-01-01T00:00:10.000Z"
"""
print(re.findall(r'ID="(\w+)"', m3u8.loads(playlist).dumps()))
PY
seen=$(venv/bin/python seen.py)
expected="['first']"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
