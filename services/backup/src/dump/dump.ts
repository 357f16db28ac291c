import type { S3Client } from "@aws-sdk/client-s3";
import type { DatabaseAccess } from "@mam-services/common/database";
import type pg from "pg";

import { record } from "../records.ts";
import { type Manifest, archiveKey, dumpId, putManifest } from "../storage/manifest.ts";
import { StreamedUpload } from "../storage/upload.ts";
import { type Clients, clientsOf } from "./clients.ts";
import { DumpError } from "./error.ts";
import { readFacts } from "./facts.ts";
import { libpqAccess } from "./libpq.ts";
import { connectDirectly, keepMigrationsOut, serverVersion } from "./sessions.ts";
import { takeSnapshot } from "./snapshot.ts";
import { streamDump } from "./stream.ts";
import { countRows, emptied, tablesOf } from "./tables.ts";

/** What a dump is made with. */
export interface DumpContext {
  readonly access: DatabaseAccess;
  /** Directory of PostgreSQL's client programs, by major. */
  readonly clients: string;
  readonly storage: S3Client;
  readonly bucket: string;
  readonly environment: string;
  readonly kept: Manifest["kept"];
  /** Ends it: nothing stays in storage. */
  readonly signal: AbortSignal;
}

/** A dump on its way. */
interface Dumping extends DumpContext {
  /** Holds the migrations' lock, the tables' locks and the snapshot. */
  readonly holder: pg.Client;
  /** Sees what others see. */
  readonly observer: pg.Client;
  readonly begun: Date;
}

/**
 * Writes a dump of the database into the bucket, and its manifest last.
 *
 * @returns the manifest.
 * @throws DumpError when the dump may not count: then there is neither an archive nor a manifest.
 */
export async function dumpDatabase(context: DumpContext): Promise<Manifest> {
  const begun = new Date();
  const holder = await connectDirectly(context.access, "mam-backup");
  try {
    const observer = await connectDirectly(context.access, "mam-backup-observer");
    try {
      return await dumpWith({ ...context, holder, observer, begun });
    } finally {
      await observer.end();
    }
  } finally {
    await holder.end();
  }
}

async function dumpWith(dumping: Dumping): Promise<Manifest> {
  const { holder, observer, storage, bucket } = dumping;
  const server = await serverVersion(holder);
  const clients = await clientsOf(dumping.clients, server.major);
  await keepMigrationsOut(holder);
  const manifest = await write(dumping, { server: server.text, clients });
  await putManifest(storage, bucket, manifest);
  await record(observer, manifest);
  return manifest;
}

interface Versions {
  readonly server: string;
  readonly clients: Clients;
}

async function write(dumping: Dumping, { server, clients }: Versions): Promise<Manifest> {
  const { holder, observer, begun } = dumping;
  const tables = await tablesOf(observer);
  const before = await countRows(observer, tables);
  const snapshot = await takeSnapshot(holder, tables);
  const dumped = await countRows(holder, tables);
  refuseEmptied(emptied(before, dumped));
  const facts = await readFacts(holder);
  const id = dumpId(begun);
  const { streamed, after } = await upload(dumping, { id, clients, tables, snapshot: snapshot.id });
  return {
    version: 1,
    id,
    environment: dumping.environment,
    object: archiveKey(id),
    format: "custom",
    begunAt: begun.toISOString(),
    takenAt: snapshot.takenAt,
    finishedAt: new Date().toISOString(),
    exitCode: 0,
    ...streamed,
    server,
    client: clients.version,
    rows: { before, dumped, after },
    ...facts,
    kept: dumping.kept,
  };
}

function refuseEmptied(tables: readonly string[]): void {
  if (tables.length > 0)
    throw new DumpError(
      `the dump would have no rows of tables that had some right before it: ${tables.join(", ")}`,
    );
}

interface UploadPlan {
  readonly id: string;
  readonly clients: Clients;
  readonly tables: readonly string[];
  readonly snapshot: string;
}

/** Streams the archive, and completes it only when everything else is right. */
async function upload(dumping: Dumping, { id, clients, tables, snapshot }: UploadPlan) {
  const { access, storage, bucket, signal, observer } = dumping;
  const libpq = await libpqAccess(access);
  try {
    const target = { storage, bucket, key: archiveKey(id) };
    const archive = await StreamedUpload.begin(target);
    try {
      const { environment } = libpq;
      const streamed = await streamDump({
        ...{ clients, environment, snapshot, signal },
        upload: archive,
      });
      const after = await countRows(observer, tables);
      await archive.complete();
      return { streamed, after };
    } catch (error) {
      await archive.abort().catch((cause: unknown) => {
        throw new DumpError(
          `${wordsOf(error)}; what was sent stays until the bucket's rule removes it: ${wordsOf(cause)}`,
          { cause: error },
        );
      });
      throw error;
    }
  } finally {
    await libpq.remove();
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
