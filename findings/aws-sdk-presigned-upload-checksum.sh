#!/usr/bin/env bash
# @aws-sdk/s3-request-presigner 3.1164.0 with @aws-sdk/client-s3 3.1175.0: a URL to which somebody will upload a file.
# Expected: no checksum, for nobody knows the file yet. Seen: the checksum of no bytes at all, signed, which a service
# that compares it cannot accept with any file; only `requestChecksumCalculation: "WHEN_REQUIRED"` leaves it out:
#   PutObject: x-amz-checksum-crc32=AAAAAA== (CRC-32 of nothing)
#   UploadPart: x-amz-checksum-crc32=AAAAAA== (CRC-32 of nothing)
#   PutObject, when required: x-amz-checksum-crc32=null
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/s3-request-presigner@3.1164.0 @aws-sdk/client-s3@3.1175.0
cat >seen.mjs <<'JS'
import { PutObjectCommand, S3Client, UploadPartCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
const settings = { region: "us-east-1", endpoint: "https://s3.example.com", credentials: { accessKeyId: "id", secretAccessKey: "key" } };
const nothing = Buffer.alloc(4).toString("base64");
async function report(name, more, command) {
  const url = new URL(await getSignedUrl(new S3Client({ ...settings, ...more }), command));
  const checksum = url.searchParams.get("x-amz-checksum-crc32");
  console.log(`${name}: x-amz-checksum-crc32=${checksum}${checksum === nothing ? " (CRC-32 of nothing)" : ""}`);
}
const file = { Bucket: "bucket", Key: "film.mov" };
await report("PutObject", {}, new PutObjectCommand(file));
await report("UploadPart", {}, new UploadPartCommand({ ...file, PartNumber: 1, UploadId: "upload" }));
await report("PutObject, when required", { requestChecksumCalculation: "WHEN_REQUIRED" }, new PutObjectCommand(file));
JS
seen=$(node --no-warnings seen.mjs)
expected='PutObject: x-amz-checksum-crc32=AAAAAA== (CRC-32 of nothing)
UploadPart: x-amz-checksum-crc32=AAAAAA== (CRC-32 of nothing)
PutObject, when required: x-amz-checksum-crc32=null'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
