#!/usr/bin/env bash
# cdktf 0.21.0: two stacks of the same id under two parents, as one for each environment.
# Expected: two stacks, or an error as for two constructs of one id. Seen: one stack, the last one; exit 0 and no word:
#   network: prod
# A stack's directory is named by its id alone, not by its path.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cdktf@0.21.0 constructs@10.4.2
cat >seen.cjs <<'JS'
const { readFileSync, readdirSync } = require("node:fs");
const { App, TerraformOutput, TerraformStack } = require("cdktf");
const { Construct } = require("constructs");
const app = new App({ outdir: "out" });
for (const environment of ["dev", "prod"]) {
  const stack = new TerraformStack(new Construct(app, environment), "network");
  new TerraformOutput(stack, "environment", { value: environment });
}
app.synth();
for (const stack of readdirSync("out/stacks")) {
  const { output } = JSON.parse(readFileSync(`out/stacks/${stack}/cdk.tf.json`, "utf8"));
  console.log(`${stack}: ${output.environment.value}`);
}
JS
seen=$(node seen.cjs)
expected='network: prod'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
