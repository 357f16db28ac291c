import { readFileSync } from "node:fs";

import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

import { type Cloud, startCloud } from "@mam-infra/cloud";

import { listVersions } from "../../../operations/context/object-versions.ts";
import { copyToTop } from "../../../operations/restore/object/copy.ts";
import { chooseVersion } from "../../../operations/restore/object/restore-object.ts";
import { createWasabiStorage } from "@mam-infra/clients/wasabi";
import { wayOutOf } from "@mam-infra/clients/proxy/way-out";

const root = { accessKeyId: "ROOTKEY0000000000000", secretAccessKey: "root-secret" };
const restorer = { accessKeyId: "RESTORERKEY000000000", secretAccessKey: "restorer-secret" };
const [backups, masters, previews] = ["acme-backups", "acme-masters", "acme-previews"] as const;
const Key = "asset 1/film.mov";

/** The policy that people are told to make. */
function documentedPolicy(): string {
  const page = readFileSync("docs/restore.md", "utf8");
  const [, policy] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  return (policy ?? "").replaceAll("<prefix>", "acme");
}

let cloud: Cloud;
let mine: S3Client;
let theirs: S3Client;
const clientOf = (credentials: typeof root) =>
  createWasabiStorage({
    ...{ endpoint: cloud.endpoints.wasabiS3, region: "us-east-1", credentials },
    ...{ way: wayOutOf({}), userAgent: "test", tell: () => undefined, hear: () => undefined },
    sleep: () => Promise.resolve(),
    interruption: new AbortController().signal,
  });

beforeAll(async () => {
  cloud = await startCloud({
    digitalOcean: { tokens: [], members: ["owner@example.com"], registry: {} },
    wasabi: {
      ...{ accountId: "100000000001", region: "us-east-1", rootAccessKey: root },
      users: [
        {
          name: "mam-production-restorer",
          policies: { restorer: documentedPolicy() },
          ...restorer,
        },
      ],
    },
    spaces: { region: "nyc3", accessKeys: [], buckets: [] },
  });
  [theirs, mine] = [clientOf(root), clientOf(restorer)];
  for (const Bucket of [backups, masters, previews]) {
    await theirs.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await theirs.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  for (const one of ["dumps/1/manifest.json", "other/secret"])
    await theirs.send(new PutObjectCommand({ Bucket: backups, Key: one, Body: one }));
  await theirs.send(new PutObjectCommand({ Bucket: masters, Key, Body: "the film" }));
});
afterAll(async () => {
  mine.destroy();
  theirs.destroy();
  await cloud.close();
});

const denied = { name: "AccessDenied" };
const textOf = async (storage: S3Client, Bucket: string, key: string, VersionId?: string) => {
  const version = VersionId === undefined ? {} : { VersionId };
  const { Body } = await storage.send(new GetObjectCommand({ Bucket, Key: key, ...version }));
  return Body?.transformToString();
};

test("dumps are listed and read, in every version, and nothing else of their bucket", async () => {
  const [first] = await listVersions(mine, backups, "dumps/");
  expect(await textOf(mine, backups, first!.key, first!.version)).toBe("dumps/1/manifest.json");
  await expect(textOf(mine, backups, "other/secret")).rejects.toMatchObject(denied);
});

test("a deleted master is brought back from its version", async () => {
  await theirs.send(new DeleteObjectCommand({ Bucket: masters, Key }));
  const chosen = chooseVersion(Key, await listVersions(mine, masters, Key), undefined);
  await copyToTop(mine, masters, chosen);
  expect(await textOf(theirs, masters, Key)).toBe("the film");
});

test("nothing is written beside masters, and nothing is deleted anywhere", async () => {
  for (const Bucket of [backups, previews])
    await expect(
      mine.send(new PutObjectCommand({ Bucket, Key: "dumps/2/manifest.json", Body: "none" })),
    ).rejects.toMatchObject(denied);
  for (const [Bucket, key] of [
    [backups, "dumps/1/manifest.json"],
    [masters, Key],
  ] as const)
    await expect(mine.send(new DeleteObjectCommand({ Bucket, Key: key }))).rejects.toMatchObject(
      denied,
    );
  await expect(listVersions(mine, previews, "")).rejects.toMatchObject(denied);
});
