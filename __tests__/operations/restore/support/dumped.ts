import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import {
  type FoundEngines,
  type TestDatabase,
  findEngines,
  keptClientsDirectory,
  skipReason,
  startTestDatabase,
} from "@mam-infra/engines";

import { dumpsOf } from "../../../../operations/backups/stored.ts";
import { manifestSchema } from "../../../../operations/backups/manifest.ts";
import { clientsVariable } from "../../../../operations/restore/database/clients.ts";
import {
  authorityVariable,
  serverVariable,
} from "../../../../operations/restore/database/scratch-server.ts";
import { makeReader, readerOf } from "../../../../operations/access/reader.ts";
import type { Session } from "../../../../operations/context/session.ts";
import { buildServices } from "../../../../rehearsal/platform/services.ts";
import { type TestPlatform, openPlatform } from "../../../support/platform.ts";
import { type Ended, type Strike, runMam } from "../../../support/run-mam.ts";

/** What tests of restores need of this machine. */
export const engines: FoundEngines = await findEngines({ only: ["postgres", "pg_dump"] });

/** Why they cannot run here. */
export const lack = skipReason(engines, ["postgres", "pg_dump"]);

/** Bucket of staging's dumps. */
export const backups = "northlight-mam-staging-backups";

/** How a copy of a dump differs from it. */
export interface ChangedCopy {
  /** Default: as it is. */
  readonly archive?: (bytes: Buffer) => Buffer;
  /** Fields of the manifest, for the archive that the copy has; default: its name alone. */
  readonly manifest?: (archive: Buffer) => object;
}

/** A platform whose database was dumped by the service itself, and a server to prove dumps on. */
export interface Dumped {
  readonly platform: TestPlatform;
  readonly source: TestDatabase;
  readonly scratch: TestDatabase;
  /** Client of the account's root. */
  readonly storage: S3Client;
  /** Name of the dump. */
  readonly id: string;
  /** A session of somebody who may read dumps, with the server to prove them on. */
  session(changed?: Readonly<Record<string, string>>): Session;
  /** Runs `mam …` as that person, and sends it a signal when it says something. */
  mam(args: readonly string[], strike?: Strike): Promise<Ended>;
  /** Variables that name the server that was dumped, as if it were one to prove dumps on. */
  readonly inUse: Readonly<Record<string, string>>;
  /** Copies the dump under another name. What is changed about it is what the copy has. */
  copy(id: string, changed?: ChangedCopy): Promise<void>;
  end(): Promise<void>;
}

async function runService(
  directory: string,
  entry: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(process.execPath, [`dist/${entry}.js`], {
    cwd: directory,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${entry}: ${said}`);
}

/**
 * Migrates, fills and dumps a database.
 *
 * @param more SQL that the administrator runs before the dump: what an image of one's own may have in its database.
 */
export async function openDumped(more = ""): Promise<Dumped> {
  const [platform, source, scratch] = await Promise.all([
    openPlatform(),
    startTestDatabase(engines),
    startTestDatabase(engines),
  ]);
  const directory = mkdtempSync(join(tmpdir(), "mam-restore-"));
  const { wasabiRoot } = platform.cloud.credentials;
  const clients = await keptClientsDirectory(engines.found.pg_dump!);
  const server = await emptied(scratch, directory);
  const { POSTGRES_URL, POSTGRES_CA_CERT } = source.migrate;
  const inUse = serverVariables(POSTGRES_URL, POSTGRES_CA_CERT, join(directory, "source.pem"));
  const told = {
    TF_VAR_wasabi_access_key: wasabiRoot.accessKeyId,
    TF_VAR_wasabi_secret_key: wasabiRoot.secretAccessKey,
    [clientsVariable]: clients,
    ...server,
  };
  const session = (changed: Readonly<Record<string, string>> = {}) =>
    platform.session({ ...told, ...changed });
  const storage = session().clients.wasabiStorage();
  await makeBucket(storage, backups);
  await dump(platform, source, { clients, more });
  const { id } = await newestManifest(storage, session);
  return {
    ...{ platform, source, scratch, storage, id, session, inUse },
    mam: (args, strike) => runMam({ ...platform.variables, ...told }, args, { strike }),
    copy: (to, changed) => copyDump(storage, id, to, changed),
    end: async () => {
      await Promise.all([platform.end(), source.close(), scratch.close()]);
      rmSync(directory, { recursive: true });
    },
  };
}

/** Takes everything off a server but an administrator who is no superuser. */
async function emptied({ server, migrate }: TestDatabase, directory: string) {
  await server.dropDatabase("defaultdb");
  for (const user of ["mam_app", "mam_app_b", "doadmin"]) await server.query(`drop role ${user}`);
  await server.createAdministrator("scratch", "scratch-password");
  const url = `postgresql://scratch:scratch-password@localhost:${server.port}/postgres`;
  return serverVariables(url, migrate.POSTGRES_CA_CERT, join(directory, "authority.pem"));
}

function serverVariables(url: string, authority: string, file: string) {
  writeFileSync(file, authority);
  return { [serverVariable]: url, [authorityVariable]: file };
}

/** Makes a bucket that keeps versions. */
export async function makeBucket(storage: S3Client, Bucket: string): Promise<void> {
  await storage.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await storage.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
}

async function dump(
  { cloud }: TestPlatform,
  { migrate, server }: TestDatabase,
  { clients, more }: { readonly clients: string; readonly more: string },
): Promise<void> {
  const built = await buildServices(process.cwd(), {
    tell: () => undefined,
    interruption: new AbortController().signal,
  });
  const { accessKeyId, secretAccessKey } = cloud.credentials.wasabiRoot;
  const told = { MAM_ENVIRONMENT: "staging", LOG_LEVEL: "info", ...migrate };
  await runService(join(built.directory, "api"), "migrate", told);
  await server.query(rows, [], "defaultdb");
  // Somebody has looked into the database, and looks while it is dumped.
  await server.query(`set role doadmin; ${makeReader(reader)} ${more} reset role`, [], "defaultdb");
  await runService(join(built.directory, "backup"), "once", {
    ...told,
    WASABI_ENDPOINT: cloud.endpoints.wasabiS3,
    WASABI_REGION: "us-east-1",
    BACKUPS_BUCKET: backups,
    WASABI_BACKUPS_ACCESS_KEY: accessKeyId,
    WASABI_BACKUPS_SECRET: secretAccessKey,
    BACKUP_HOUR: "0",
    BACKUP_RETENTION_DAYS: "7",
    BACKUP_LOCK_DAYS: "0",
    POSTGRES_CLIENTS: clients,
  });
}

const reader = {
  role: readerOf("20261124-013427-9f3a"),
  password: "password",
  until: new Date(Date.now() + 60_000),
  minutes: 1,
};

const rows = `
  with person as (insert into users (email, password_hash) values ('ada@example.com', 'hash') returning id),
  files as (insert into uploads (id, user_id, file_name, content_type, size, part_bytes, object_key, storage_id)
    select gen_random_uuid(), person.id, 'film', 'video/mp4', n, 5242880, 'key', 'storage'
    from person, generate_series(1, 200) n returning id)
  insert into assets (id, staging_tag) select id, 'tag' from files`;

async function newestManifest(storage: S3Client, session: () => Session) {
  const [newest] = await dumpsOf(session());
  const text = await bytesOf(storage, `dumps/${newest?.id ?? ""}/manifest.json`);
  return manifestSchema.parse(JSON.parse(text.toString()));
}

async function bytesOf(storage: S3Client, Key: string): Promise<Buffer> {
  const { Body } = await storage.send(new GetObjectCommand({ Bucket: backups, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function copyDump(
  storage: S3Client,
  from: string,
  to: string,
  { archive = (bytes) => bytes, manifest = () => ({}) }: ChangedCopy = {},
): Promise<void> {
  const changed = archive(await bytesOf(storage, `dumps/${from}/database.dump`));
  const put = (name: string, Body: Buffer | string) =>
    storage.send(new PutObjectCommand({ Bucket: backups, Key: `dumps/${to}/${name}`, Body }));
  await put("database.dump", changed);
  const text = (await bytesOf(storage, `dumps/${from}/manifest.json`)).toString();
  const fields = { ...(JSON.parse(text) as object), id: to, ...manifest(changed) };
  await put("manifest.json", JSON.stringify(fields));
}
