#!/usr/bin/env bash
# cdktf 0.21.0 with @cdktf/provider-digitalocean 13.14.1: addOverride of a list.
# Expected: the list that was given, as for every other kind of value. Seen: it is appended to the construct's own, so
# that a list can be made longer and never shorter; an empty one changes nothing:
#   ["us_east","eu_west","se_asia"]
#   ["us_east","eu_west"]
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cdktf@0.21.0 constructs@10.4.2 @cdktf/provider-digitalocean@13.14.1
cat >seen.cjs <<'JS'
const { App, TerraformStack } = require("cdktf");
const { UptimeCheck } = require("@cdktf/provider-digitalocean/lib/uptime-check");
const stack = new TerraformStack(new App(), "stack");
for (const [id, regions] of [["one", ["se_asia"]], ["none", []]]) {
  const check = new UptimeCheck(stack, id, { name: id, target: "https://example.com/", regions: ["us_east", "eu_west"] });
  check.addOverride("regions", regions);
}
const { one, none } = stack.toTerraform().resource.digitalocean_uptime_check;
console.log(JSON.stringify(one.regions));
console.log(JSON.stringify(none.regions));
JS
seen=$(node seen.cjs)
expected='["us_east","eu_west","se_asia"]
["us_east","eu_west"]'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
