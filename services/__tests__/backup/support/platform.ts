import {
  AbortMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
} from "@aws-sdk/client-s3";
import pg from "pg";

import {
  type ClientsDirectory,
  type TestDatabase,
  startTestDatabase,
} from "../../../../packages/engines/src/index.ts";
import { type Variables, variablesOf } from "../../../local/api-variables.ts";
import { engines, skipWithout } from "../../../local/engines.ts";
import { run } from "../../../local/processes.ts";
import { type TestStorage, startTestStorage } from "../../../local/storage.ts";
import { clientSettings } from "../../../common/src/database.ts";
import type { Manifest } from "../../../backup/src/storage/manifest.ts";
import { clients as clientsOf } from "./clients.ts";

/** What tests of the backup need of this machine. */
export const needs = { skip: skipWithout("postgres", "pg_dump", "pgbouncer") };

/** PostgreSQL with the platform's schema, Wasabi with its buckets, and what the backup is told. */
export interface BackupPlatform {
  readonly database: TestDatabase;
  readonly storage: TestStorage;
  readonly clients: ClientsDirectory;
  readonly variables: Variables;
  /** A connection as the administrator. */
  connect(): Promise<pg.Client>;
  /** Keys of all that is in the bucket, and of uploads that were neither completed nor aborted. */
  stored(): Promise<{ readonly keys: readonly string[]; readonly uploads: readonly string[] }>;
  /** Takes back the uploads that a dump could not take back. */
  forgetUploads(): Promise<void>;
  read(key: string): Promise<Buffer>;
  /** The newest manifest. */
  manifest(): Promise<Manifest>;
  close(): Promise<void>;
}

/** Starts it: the schema is there, and no row. */
export async function startBackupPlatform(): Promise<BackupPlatform> {
  const [database, storage, clients] = await Promise.all([
    startTestDatabase(engines),
    startTestStorage(),
    clientsOf(),
  ]);
  const { POSTGRES_URL, POSTGRES_CA_CERT } = database.migrate;
  const common = variablesOf(
    database,
    { REDIS_URL: "rediss://nowhere", authorityFile: "" },
    storage,
  );
  await migrate({ ...common, ...database.migrate });
  const Bucket = storage.buckets.backups;
  const keys = async () => {
    const { Versions = [] } = await storage.root.send(new ListObjectVersionsCommand({ Bucket }));
    return Versions.map(({ Key = "" }) => Key).sort();
  };
  const read = async (Key: string) => {
    const { Body } = await storage.root.send(new GetObjectCommand({ Bucket, Key }));
    return Buffer.from(await Body!.transformToByteArray());
  };
  return {
    ...{ database, storage, clients, read },
    variables: backupVariables(database, storage, clients),
    connect: async () => {
      const access = { url: POSTGRES_URL, certificateAuthority: POSTGRES_CA_CERT };
      const client = new pg.Client(clientSettings(access, "test"));
      client.on("error", () => undefined);
      await client.connect();
      return client;
    },
    stored: async () => {
      const { Uploads = [] } = await storage.root.send(new ListMultipartUploadsCommand({ Bucket }));
      return { keys: await keys(), uploads: Uploads.map(({ Key = "" }) => Key) };
    },
    forgetUploads: async () => {
      const { Uploads = [] } = await storage.root.send(new ListMultipartUploadsCommand({ Bucket }));
      for (const { Key, UploadId } of Uploads)
        await storage.root.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    },
    manifest: async () => {
      const newest = (await keys()).filter((key) => key.endsWith("manifest.json")).at(-1);
      return JSON.parse((await read(newest ?? "")).toString()) as Manifest;
    },
    close: async () => {
      await Promise.all([database.close(), storage.close(), clients.remove()]);
    },
  };
}

async function migrate(environment: Variables): Promise<void> {
  const migration = await run("migrate", environment);
  if (migration.code !== 0) throw new Error(`${migration.output}${migration.errors}`);
}

function backupVariables(
  { migrate: { POSTGRES_URL, POSTGRES_CA_CERT } }: TestDatabase,
  { endpoint, region, buckets, keys }: TestStorage,
  clients: ClientsDirectory,
): Variables {
  const { accessKeyId, secretAccessKey } = keys["backup-writer"];
  return {
    NODE_ENV: "production",
    MAM_ENVIRONMENT: "test",
    LOG_LEVEL: "info",
    RELEASE_DIGEST: "sha256:test",
    POSTGRES_URL,
    POSTGRES_CA_CERT,
    WASABI_ENDPOINT: endpoint,
    WASABI_REGION: region,
    BACKUPS_BUCKET: buckets.backups,
    WASABI_BACKUPS_ACCESS_KEY: accessKeyId,
    WASABI_BACKUPS_SECRET: secretAccessKey,
    BACKUP_HOUR: "1",
    BACKUP_RETENTION_DAYS: "30",
    BACKUP_LOCK_DAYS: "30",
    POSTGRES_CLIENTS: clients.path,
  };
}

/** Puts rows into the platform's tables: a user, and as many uploads with their assets. */
export async function fill(client: pg.Client, assets: number): Promise<void> {
  await client.query(
    `with person as (insert into users (email, password_hash)
       values (gen_random_uuid() || '@example.com', 'hash') returning id),
     files as (insert into uploads (id, user_id, file_name, content_type, size, part_bytes, object_key, storage_id)
       select gen_random_uuid(), person.id, 'film ' || n, 'video/mp4', n, 5242880, 'key-' || n, 'storage-' || n
       from person, generate_series(1, $1::int) n returning id)
     insert into assets (id, staging_tag) select id, 'tag' from files`,
    [assets],
  );
}
