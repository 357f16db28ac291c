#!/usr/bin/env bash
# cdktf 0.21.0 with @cdktf/provider-digitalocean 13.14.1: two constructs of one type whose ids differ in a dot only.
# Expected: two resources, or an error. Seen: one resource, with arguments of both and no word about it:
#   {"ab":{"ip_range":"10.0.0.0/20","name":"second","region":"nyc1"}}
# Dots are left out of logical ids; resources of the same logical id are merged, argument by argument.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cdktf@0.21.0 constructs@10.4.2 @cdktf/provider-digitalocean@13.14.1
cat >seen.cjs <<'JS'
const { App, TerraformStack } = require("cdktf");
const { Vpc } = require("@cdktf/provider-digitalocean/lib/vpc");
const stack = new TerraformStack(new App(), "stack");
new Vpc(stack, "a.b", { name: "first", region: "nyc1", ipRange: "10.0.0.0/20" });
new Vpc(stack, "ab", { name: "second", region: "nyc1" });
const vpcs = stack.toTerraform().resource.digitalocean_vpc;
console.log(JSON.stringify(vpcs, (key, value) => (key === "//" ? undefined : value)));
JS
seen=$(node seen.cjs)
expected='{"ab":{"ip_range":"10.0.0.0/20","name":"second","region":"nyc1"}}'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
