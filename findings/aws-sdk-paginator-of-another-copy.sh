#!/usr/bin/env bash
# @aws-sdk/client-s3 3.1175.0 with a client of 3.1173.0, as where packages of a workspace pin different versions.
# Expected: a paginator sends what its client would send, or both refuse. Seen: the client sends the other copy's command,
# the paginator of the same operation refuses the client:
#   send: 1 key
#   paginate: Invalid client, expected instance of S3Client
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund one@npm:@aws-sdk/client-s3@3.1173.0 other@npm:@aws-sdk/client-s3@3.1175.0
cat >seen.mjs <<'JS'
import { createServer } from "node:http";
import { S3Client } from "one";
import { ListObjectsV2Command, paginateListObjectsV2 } from "other";
const page = "<ListBucketResult><Name>bucket</Name><KeyCount>1</KeyCount><Contents><Key>a</Key></Contents></ListBucketResult>";
const server = createServer((request, response) => response.setHeader("content-type", "application/xml").end(page));
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const client = new S3Client({
  region: "us-east-1", endpoint: `http://127.0.0.1:${server.address().port}`, forcePathStyle: true,
  credentials: { accessKeyId: "id", secretAccessKey: "key" },
});
async function paginated() {
  for await (const { KeyCount } of paginateListObjectsV2({ client }, { Bucket: "bucket" })) return `${KeyCount} key`;
}
console.log(`send: ${(await client.send(new ListObjectsV2Command({ Bucket: "bucket" }))).KeyCount} key`);
console.log(`paginate: ${await paginated().catch((error) => error.message)}`);
client.destroy();
server.close();
JS
seen=$(node --no-warnings seen.mjs)
expected='send: 1 key
paginate: Invalid client, expected instance of S3Client'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
