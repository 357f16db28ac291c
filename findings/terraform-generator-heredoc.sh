#!/usr/bin/env bash
# terraform-generator 6.7.0: a script as a heredoc, as for the first start of a machine, which has a heredoc of its own.
# Expected: another marker than the script's, for a heredoc ends at the first line that is its marker (HCL native syntax,
# "Template Expressions"), or an error. Seen: the marker is always EOT, so that of a script which says EOT itself only a part
# is the value, and the rest of it is Terraform, which no reader of HCL takes (@cdktf/hcl2json 0.21.0):
#   EOF: read, 4 lines
#   EOT: Invalid block definition, Argument or block definition required
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund terraform-generator@6.7.0 @cdktf/hcl2json@0.21.0
cat >seen.mjs <<'JS'
import hcl2json from "@cdktf/hcl2json";
import { TerraformGenerator, heredoc } from "terraform-generator";
async function read(script) {
  const generator = new TerraformGenerator();
  generator.locals({ user_data: heredoc(script) });
  try {
    const { locals: [{ user_data }] } = await hcl2json.parse("main.tf", generator.generate().tf);
    return `read, ${user_data.trimEnd().split("\n").length} lines`;
  } catch (error) {
    return [...error.message.matchAll(/main\.tf:\S+: (.*?);/g)].map(([, summary]) => summary).join(", ");
  }
}
for (const marker of ["EOF", "EOT"]) {
  console.log(`${marker}: ${await read(`cat >/etc/motd <<${marker}\nwelcome\n${marker}\nsystemctl restart app`)}`);
}
JS
seen=$(node seen.mjs)
expected='EOF: read, 4 lines
EOT: Invalid block definition, Argument or block definition required'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
