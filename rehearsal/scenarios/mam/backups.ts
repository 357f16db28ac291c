import { setTimeout as delay } from "node:timers/promises";

import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

import { bucketName } from "../../../constructs/storage/tiers.ts";
import {
  type StoredDump,
  dumpPrefix,
  isFinished,
  storedDumps,
} from "../../../operations/backups/dumps.ts";
import { listVersions } from "../../../operations/context/object-versions.ts";
import { type CommandResult, says } from "../../harness/commands.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { withStorage } from "../../harness/wasabi-storage.ts";
import type { PlatformParts } from "../../platform/parts.ts";
import { type ProofServer, startProofServer } from "../../platform/proof-server.ts";
import { onRealPlatform } from "../real-platform.ts";
import { moveToDump } from "./backups/moved.ts";
import { makeRestorer } from "./backups/restorer.ts";

/** Seconds that the first dump of a new platform may take. */
const patience = 120;

/** The nightly dump by real programs, its proof, and dumps that must not pass one. */
export const backups: Scenario = {
  name: "backups",
  title: "the database is dumped, and mam restore proves the dump or says what is wrong with it",
  after: [],
  onDemand: true,
  play: (context) => onRealPlatform(context, onProofServer),
};

async function onProofServer(
  context: ScenarioContext,
  { postgres, clients }: PlatformParts,
): Promise<void> {
  const server = await startProofServer(postgres);
  try {
    await proveAndRefuse(context, server, clients);
  } finally {
    await server.close();
  }
}

async function proveAndRefuse(
  context: ScenarioContext,
  server: ProofServer,
  clients: string,
): Promise<void> {
  const { cloud, mam, tell, expect } = context;
  const bucket = bucketName(cloud.environment.config, "backups");
  const { wasabiRoot } = cloud.credentials;
  await withStorage(context, wasabiRoot, async (storage) => {
    const restorer = await makeRestorer(cloud);
    tell("waiting for the first dump");
    const dump = await firstDump(storage, bucket);
    expect("a new platform has a dump within two minutes", dump !== undefined);
    if (!dump) return;
    const person = mam.withVariables({
      ...server.variables,
      MAM_POSTGRES_CLIENTS: clients,
      ...restorer,
    });
    const prove = (to: string) => person.run("restore", "database", "--to", to, "--prove");
    tell("mam verify");
    expect("mam verify finds the dump", hasVerdict(await mam.run("verify"), "✓", "dump-age"));
    tell("mam restore database --prove");
    const proved = await prove("latest");
    expect("the dump is proved", says(proved, 0, "The dump is proved."));
    expect("the proof leaves nothing on its server", await server.left());
    await moveToDump(context, person);
    await spoil(storage, bucket, dump);
    const spoilt = await prove(corrupt);
    expect("a corrupt dump is refused", says(spoilt, 1, "is not what the dump wrote"));
    expect("an empty dump is refused", says(await prove(empty), 1, "is empty: 0 bytes"));
    expect("a missing dump is refused", says(await prove(missing), 1, `no dump ${missing}`));
    expect("a refused dump leaves nothing on its server either", await server.left());
    await storage.send(new DeleteObjectCommand({ Bucket: bucket, Key: dump.archive?.key }));
    const verified = await mam.run("verify");
    expect("a dump that was deleted is an alarm", hasVerdict(verified, "✗", "dumps-hidden"));
    expect("its version is proved all the same", says(await prove(dump.id), 0, "is proved"));
  });
}

const corrupt = "2026-01-01T00-00-00Z";
const empty = "2026-01-02T00-00-00Z";
const missing = "2020-01-01T00-00-00Z";

const hasVerdict = ({ stdout }: CommandResult, verdict: "✓" | "✗", check: string) =>
  stdout.split("\n").some((line) => line.includes(`${verdict} `) && line.includes(`(${check})`));

async function firstDump(storage: S3Client, bucket: string): Promise<StoredDump | undefined> {
  for (let second = 0; second < patience; second += 1) {
    const dumps = storedDumps(await listVersions(storage, bucket, dumpPrefix));
    const found = dumps.find(isFinished);
    if (found) return found;
    await delay(1000);
  }
  return undefined;
}

/** Puts dumps beside the good one that must not pass: one with other bytes, and one with none. */
async function spoil(storage: S3Client, Bucket: string, { manifest }: StoredDump): Promise<void> {
  const Key = manifest?.key ?? "";
  const good = await storage.send(new GetObjectCommand({ Bucket, Key }));
  const fields = JSON.parse((await good.Body?.transformToString()) ?? "") as object;
  for (const [id, Body] of [
    [corrupt, Buffer.from("no archive")],
    [empty, Buffer.alloc(0)],
  ] as const) {
    const ChecksumAlgorithm = "CRC32";
    const place = { Bucket, ChecksumAlgorithm } as const;
    const put = (name: string, content: Buffer | string) =>
      storage.send(new PutObjectCommand({ ...place, Key: `dumps/${id}/${name}`, Body: content }));
    await put("database.dump", Body);
    await put("manifest.json", JSON.stringify({ ...fields, id }));
  }
}
