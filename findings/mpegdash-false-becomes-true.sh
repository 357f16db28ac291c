#!/usr/bin/env bash
# mpegdash 0.4.1 of PyPI: a manifest of a low-latency stream, whose segments can be asked for before they are complete, as
# availabilityTimeComplete="false" says (ISO/IEC 23009-1, 5.3.9.2; an xs:boolean); read and written again as it is.
# Expected: "false". Seen: "true", as of every attribute of that type that is there at all, so that players wait for the whole
# of each segment, or take subsegments for aligned that are not:
#   subsegmentAlignment: false -> true
#   bitstreamSwitching: 0 -> true
#   availabilityTimeComplete: false -> true
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mpegdash==0.4.1
cat >seen.py <<'PY'
import re
from mpegdash.parser import MPEGDASHParser

MANIFEST = """<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="dynamic"
  availabilityStartTime="2026-01-01T00:00:00Z" publishTime="2026-01-01T00:00:00Z" minBufferTime="PT2S"><Period id="1" start="PT0S">
<AdaptationSet mimeType="video/mp4" subsegmentAlignment="false" bitstreamSwitching="0">
<SegmentTemplate duration="4" media="$Number$.m4s" availabilityTimeOffset="3.5" availabilityTimeComplete="false"/>
<Representation id="1" bandwidth="1000000" codecs="avc1.4d401f"/></AdaptationSet></Period></MPD>"""

written = MPEGDASHParser.get_as_doc(MPEGDASHParser.parse(MANIFEST)).toxml()
for name in ["subsegmentAlignment", "bitstreamSwitching", "availabilityTimeComplete"]:
    before, after = (re.search(f'{name}="(.*?)"', text)[1] for text in [MANIFEST, written])
    print(f"{name}: {before} -> {after}")
PY
seen=$(venv/bin/python seen.py)
expected='subsegmentAlignment: false -> true
bitstreamSwitching: 0 -> true
availabilityTimeComplete: false -> true'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
