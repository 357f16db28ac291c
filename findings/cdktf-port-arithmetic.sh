#!/usr/bin/env bash
# cdktf 0.21.0 with @cdktf/provider-digitalocean 13.14.1: adding to a number that a resource computes.
# Expected: an expression that adds, or an error. Seen: the addition is gone, and nothing says so:
#   "${digitalocean_database_cluster.db.port}" for `db.port + 1`, while Op.add(db.port, 1) is right.
# A number token is a float of the order of -1e301, to which adding one adds nothing.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cdktf@0.21.0 constructs@10.4.2 @cdktf/provider-digitalocean@13.14.1
cat >seen.cjs <<'JS'
const { App, Op, TerraformOutput, TerraformStack } = require("cdktf");
const { DatabaseCluster } = require("@cdktf/provider-digitalocean/lib/database-cluster");
const stack = new TerraformStack(new App(), "stack");
const db = new DatabaseCluster(stack, "db", { name: "db", engine: "pg", version: "17", size: "db-s-1vcpu-1gb", region: "nyc1", nodeCount: 1 });
new TerraformOutput(stack, "added", { value: db.port + 1 });
new TerraformOutput(stack, "operator", { value: Op.add(db.port, 1) });
const { output } = stack.toTerraform();
console.log(output.added.value);
console.log(output.operator.value);
JS
seen=$(node seen.cjs)
expected='${digitalocean_database_cluster.db.port}
${(digitalocean_database_cluster.db.port + 1)}'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
