import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { z } from "zod";

import { statusKey, statusPrefix } from "../../constructs/gpu/names.ts";
import { bucketName } from "../../constructs/storage/tiers.ts";
import { ifPresent } from "@mam-infra/clients/aws-error";
import type { Session } from "../context/session.ts";

const reportSchema = z.object({
  version: z.literal(1),
  /** When the worker wrote it, by its own clock. */
  at: z.iso.datetime(),
  /** Digest of the image that runs. */
  digest: z.string(),
  /** What the machine was made from, see `workerSettings`. */
  settings: z.string(),
  /** What makes its previews. */
  encoder: z.enum(["nvenc", "cpu"]),
  /** Why the card is not used. */
  reason: z.string().optional(),
  /** Jobs that failed on the card and were done on the CPU since it began. */
  fellBack: z.number().optional(),
});

/** What a machine's worker says of itself, once a minute. */
export type MachineReport = z.output<typeof reportSchema>;

/** Age from which on a report means that nothing runs, in seconds: three that did not come. */
const longestSilence = 3 * 60;

/** Whether a machine's worker runs, as far as it can be told from its last report. */
export function isRecent({ at }: Pick<MachineReport, "at">, now: Date): boolean {
  return now.getTime() - Date.parse(at) <= longestSilence * 1000;
}

/**
 * The last report of a machine; undefined where there is none, or it is none. Nobody can be connected to on a machine, so
 * what runs there is read where its worker writes it, by its own storage key.
 *
 * @param droplet id of the machine.
 */
export async function readReport(
  { clients, environment }: Session,
  droplet: string,
): Promise<MachineReport | undefined> {
  const Bucket = bucketName(environment.config, "previews");
  const found = await ifPresent(
    clients.wasabiStorage().send(new GetObjectCommand({ Bucket, Key: statusKey(droplet) })),
  );
  const text = await found?.Body?.transformToString();
  if (text === undefined) return undefined;
  return reportSchema.safeParse(parsed(text)).data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Removes the reports of machines that are gone. */
export async function forgetReports(
  { clients, environment }: Session,
  standing: readonly string[],
): Promise<void> {
  const storage = clients.wasabiStorage();
  const Bucket = bucketName(environment.config, "previews");
  const kept = standing.map(statusKey);
  const { Contents = [] } = await storage.send(
    new ListObjectsV2Command({ Bucket, Prefix: statusPrefix }),
  );
  for (const { Key = "" } of Contents) {
    if (!kept.includes(Key)) await storage.send(new DeleteObjectCommand({ Bucket, Key }));
  }
}
