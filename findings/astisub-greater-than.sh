#!/usr/bin/env bash
# github.com/asticode/go-astisub 0.34.0: WebVTT with a character reference, as a cue has to have one where it says "-->", and
# may have one for any mark (W3C WebVTT, "WebVTT cue text span", "HTML character references"); read and written again.
# Expected: the same text. Seen: what it does not know is escaped once more, so that viewers read the reference itself:
#   read:    4 &gt; 3 &amp; 2 &lt; 3 &rlm;!
#   written: 4 &amp;gt; 3 &amp; 2 &lt; 3 &amp;rlm;!
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat >seen.go <<'GO'
package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/asticode/go-astisub"
)

const text = "4 &gt; 3 &amp; 2 &lt; 3 &rlm;!"

func main() {
	subtitles, err := astisub.ReadFromWebVTT(strings.NewReader("WEBVTT\n\n00:00.000 --> 00:01.000\n" + text + "\n"))
	if err != nil {
		panic(err)
	}
	var written bytes.Buffer
	if err := subtitles.WriteToWebVTT(&written); err != nil {
		panic(err)
	}
	lines := strings.Split(strings.TrimSpace(written.String()), "\n")
	fmt.Printf("read:    %s\nwritten: %s\n", text, lines[len(lines)-1])
}
GO
go mod init seen 2>/dev/null
go get github.com/asticode/go-astisub@v0.34.0 2>/dev/null
seen=$(go run seen.go)
expected='read:    4 &gt; 3 &amp; 2 &lt; 3 &rlm;!
written: 4 &amp;gt; 3 &amp; 2 &lt; 3 &amp;rlm;!'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
