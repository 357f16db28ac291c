#!/usr/bin/env bash
# terraform-generator 6.7.0: a variable whose default is an empty list, as Terraform allows any value of the variable's type.
# Expected: `default = []`. Seen: no default, by which the variable is one that everybody has to set (a variable without
# `default` is required, Terraform's documentation of input variables), and no word about it; an empty map stays:
#   list: {"type":"list(string)"}
#   map: {"default":{},"type":"map(string)"}
#   longer list: {"default":["a"],"type":"list(string)"}
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund terraform-generator@6.7.0 @cdktf/hcl2json@0.21.0
cat >seen.mjs <<'JS'
import hcl2json from "@cdktf/hcl2json";
import { TerraformGenerator, map } from "terraform-generator";
async function variable(type, value) {
  const generator = new TerraformGenerator();
  generator.variable("tags", { type, default: value });
  const { variable: { tags } } = await hcl2json.parse("main.tf", generator.generate().tf);
  return JSON.stringify({ ...tags[0], type: tags[0].type.replace(/^\$\{(.*)\}$/, "$1") });
}
console.log(`list: ${await variable("list(string)", [])}`);
console.log(`map: ${await variable("map(string)", map({}))}`);
console.log(`longer list: ${await variable("list(string)", ["a"])}`);
JS
seen=$(node seen.mjs)
expected='list: {"type":"list(string)"}
map: {"default":{},"type":"map(string)"}
longer list: {"default":["a"],"type":"list(string)"}'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
