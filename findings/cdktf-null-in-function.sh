#!/usr/bin/env bash
# cdktf 0.21.0: a null in a list that is an argument of a Terraform function.
# Expected: null, as in a list that is not, or an error. Seen: nothing between the commas, which is no Terraform:
#   ${coalescelist(["a", , "b"], ["c"])}
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cdktf@0.21.0 constructs@10.4.2
cat >seen.cjs <<'JS'
const { App, Fn, TerraformOutput, TerraformStack } = require("cdktf");
const stack = new TerraformStack(new App(), "stack");
new TerraformOutput(stack, "list", { value: Fn.coalescelist([["a", null, "b"], ["c"]]) });
console.log(stack.toTerraform().output.list.value);
JS
seen=$(node seen.cjs)
expected='${coalescelist(["a", , "b"], ["c"])}'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
