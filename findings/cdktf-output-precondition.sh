#!/usr/bin/env bash
# cdktf 0.21.0: a precondition of an output, which TerraformOutput takes as an argument.
# Expected: a precondition in the Terraform JSON. Seen: none, and no word about it:
#   ["value"]
# A guard that somebody wrote is never asked.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cdktf@0.21.0 constructs@10.4.2
cat >seen.cjs <<'JS'
const { App, TerraformOutput, TerraformStack } = require("cdktf");
const stack = new TerraformStack(new App(), "stack");
const precondition = { condition: "${1 == 2}", errorMessage: "one is not two" };
new TerraformOutput(stack, "guarded", { value: "value", precondition });
console.log(JSON.stringify(Object.keys(stack.toTerraform().output.guarded)));
JS
seen=$(node seen.cjs)
expected='["value"]'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
