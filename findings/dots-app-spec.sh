#!/usr/bin/env bash
# @digitalocean/dots 1.19.0, DigitalOcean's own TypeScript client: an app's spec that is read and written back as it is.
# Expected: what was read. Seen: the app leaves its VPC, its route loses the prefix that it kept, and an image by digest
# gets a tag beside it, which exclude each other:
#   vpc undefined, preserve_path_prefix undefined, tag latest
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @digitalocean/dots@1.19.0
cat >seen.mjs <<'JS'
import { createServer } from "node:http";
import { createDigitalOceanClient, DigitalOceanApiKeyAuthenticationProvider } from "@digitalocean/dots";
import { FetchRequestAdapter } from "@microsoft/kiota-http-fetchlibrary";

const digest = `sha256:${"a".repeat(64)}`;
const spec = {
  name: "app", region: "nyc", vpc: { id: "00000000-0000-4000-8000-000000000001" },
  services: [{ name: "api", image: { registry_type: "DOCR", repository: "api", digest }, http_port: 3000, instance_count: 1, instance_size_slug: "apps-s-1vcpu-1gb" }],
  ingress: { rules: [{ match: { path: { prefix: "/api" } }, component: { name: "api", preserve_path_prefix: true } }] },
};
let written;
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  if (request.method === "PUT") written = JSON.parse(Buffer.concat(chunks)).spec;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ app: { id: "00000000-0000-4000-8000-000000000002", spec } }));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const adapter = new FetchRequestAdapter(new DigitalOceanApiKeyAuthenticationProvider("token"));
adapter.baseUrl = `http://127.0.0.1:${server.address().port}`;
const app = createDigitalOceanClient(adapter).v2.apps.byApp_Id("00000000-0000-4000-8000-000000000002");
const { app: read } = await app.get();
await app.put({ spec: read.spec });
console.log(`vpc ${written.vpc?.id}, preserve_path_prefix ${written.ingress.rules[0].component.preserve_path_prefix}, tag ${written.services[0].image.tag}`);
server.close();
JS
seen=$(node seen.mjs)
expected='vpc undefined, preserve_path_prefix undefined, tag latest'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
