#!/usr/bin/env bash
# esbuild 0.28.2 with ajv 8.20.0: a named export of a CommonJS module, imported dynamically and bundled with splitting.
# Expected: the class, as in Node and in a bundle without splitting. Seen: undefined, and no warning; the chunk has a
# default export only:
#   node: function
#   bundle: function
#   bundle with splitting: undefined
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund esbuild@0.28.2 ajv@8.20.0
cat >seen.mjs <<'JS'
const { Ajv2020 } = await import("ajv/dist/2020.js");
console.log(typeof Ajv2020);
JS
options=(--bundle --platform=node --format=esm --out-extension:.js=.mjs --log-level=warning)
npx --no-install esbuild seen.mjs "${options[@]}" --outdir=whole
npx --no-install esbuild seen.mjs "${options[@]}" --outdir=split --splitting
seen="node: $(node seen.mjs)
bundle: $(node whole/seen.mjs)
bundle with splitting: $(node split/seen.mjs)"
expected='node: function
bundle: function
bundle with splitting: undefined'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
