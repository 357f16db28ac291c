#!/usr/bin/env bash
# github.com/grafov/m3u8 0.12.1 and its heir github.com/mogiioin/hls-m3u8 0.6.1: a playlist that begins in clear, as an opening
# before a protected film; the key stands behind the first segment and applies to what follows it (RFC 8216, 4.3.2.4).
# Expected: the same order when it is read and written again. Seen: the key is at the head and so applies to the opening too,
# which a player then "decrypts" into noise; no error, in strict mode:
#   read: opening.ts KEY film.ts
#   grafov: KEY opening.ts KEY film.ts
#   mogiioin: KEY opening.ts film.ts
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat >seen.go <<'GO'
package main

import (
	"fmt"
	"regexp"
	"strings"

	grafov "github.com/grafov/m3u8"
	mogiioin "github.com/mogiioin/hls-m3u8/m3u8"
)

const playlist = `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:6
#EXTINF:6,
opening.ts
#EXT-X-KEY:METHOD=AES-128,URI="key",IV=0x00000000000000000000000000000001
#EXTINF:6,
film.ts
#EXT-X-ENDLIST
`

func show(name, text string) {
	fmt.Printf("%s: %s\n", name, strings.Join(regexp.MustCompile(`KEY|\w+\.ts`).FindAllString(text, -1), " "))
}

func main() {
	show("read", playlist)
	one, _, err := grafov.DecodeFrom(strings.NewReader(playlist), true)
	if err != nil {
		panic(err)
	}
	show("grafov", one.Encode().String())
	other, _, err := mogiioin.DecodeFrom(strings.NewReader(playlist), true)
	if err != nil {
		panic(err)
	}
	show("mogiioin", other.Encode().String())
}
GO
go mod init seen 2>/dev/null
go get github.com/grafov/m3u8@v0.12.1 github.com/mogiioin/hls-m3u8@v0.6.1 2>/dev/null
seen=$(go run seen.go)
expected='read: opening.ts KEY film.ts
grafov: KEY opening.ts KEY film.ts
mogiioin: KEY opening.ts film.ts'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
