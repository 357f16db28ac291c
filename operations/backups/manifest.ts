import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";

const rows = z.record(z.string(), z.int().min(0));
const newestRow = z.object({ id: z.string(), createdAt: z.iso.datetime() }).nullable();

/** What a dump's manifest says: docs/restore.md. Fields that are not known here are left alone. */
export const manifestSchema = z.looseObject({
  version: z.literal(1),
  id: z.string(),
  object: z.string(),
  format: z.literal("custom"),
  exitCode: z.literal(0),
  takenAt: z.iso.datetime(),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  server: z.string().regex(/^\d+\.\d+/),
  migration: z.string().nullable(),
  newest: z.object({ assets: newestRow, jobs: newestRow }),
  rows: z.looseObject({ dumped: rows }),
  privileges: z.array(z.string()),
  /** Of columns, functions, types and large objects; older manifests have none. */
  furtherPrivileges: z.array(z.string()).optional(),
  /** Roles that rights speak of; older manifests do not say. */
  roles: z.array(z.string()).optional(),
  settings: z.array(z.string()),
});

/** A dump's manifest. */
export type Manifest = z.output<typeof manifestSchema>;

/** What a manifest is, or why it cannot be used. */
export type ReadManifest = { readonly manifest: Manifest } | { readonly problem: string };

/** Reads a text as a manifest. */
export function parseManifest(text: string): ReadManifest {
  try {
    const read = manifestSchema.safeParse(JSON.parse(text));
    if (read.success) return { manifest: read.data };
    const [issue] = read.error.issues;
    return {
      problem: `its manifest is none: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
    };
  } catch {
    return { problem: "its manifest is no JSON" };
  }
}

/** Reads the version of a manifest that the dump itself wrote. @throws what storage says. */
export async function readManifest(
  storage: S3Client,
  Bucket: string,
  { key: Key, version: VersionId }: { readonly key: string; readonly version: string },
): Promise<ReadManifest> {
  const { Body } = await storage.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  return parseManifest((await Body?.transformToString()) ?? "");
}
