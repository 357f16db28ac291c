import { ListMultipartUploadsCommand } from "@aws-sdk/client-s3";

import { stream } from "../../../local/worker.ts";
import type { Platform } from "./platform.ts";

/** A dead letter. */
export type Letter = Readonly<Record<string, string>>;

/** Entries of the stream, read and unread. */
export const entriesLeft = ({ valkey }: Platform): Promise<number> => valkey.xlen(stream.name);

export async function deadLetters({ valkey }: Platform): Promise<Letter[]> {
  const entries = await valkey.xrange(`${stream.name}:dead`, "-", "+");
  return entries.map(([, fields]) => {
    const pairs = fields.flatMap((name, at) =>
      at % 2 === 0 ? [[name, fields[at + 1] ?? ""]] : [],
    );
    return Object.fromEntries(pairs) as Letter;
  });
}

/** Makes the entries that workers hold look as if nobody had touched them for so many milliseconds. */
export async function letTimePass({ valkey }: Platform, milliseconds: number): Promise<void> {
  const pending = (await valkey.xpending(stream.name, stream.group, "-", "+", 100)) as [
    string,
    string,
    number,
  ][];
  for (const [id, consumer, idle] of pending) {
    const later = String(idle + milliseconds);
    await valkey.xclaim(stream.name, stream.group, consumer, 0, id, "IDLE", later, "JUSTID");
  }
  for (const key of await valkey.keys("previews:lock:*")) {
    const left = await valkey.pttl(key);
    if (left > milliseconds) await valkey.pexpire(key, left - milliseconds);
    else await valkey.del(key);
  }
}

/** How often each object of a preview was stored, by its name below the prefix. */
export function storedTimes({ storage }: Platform, prefix: string): Record<string, number> {
  const { buckets, platform } = storage;
  const start = `/${buckets.previews}/${prefix}`;
  const times: Record<string, number> = {};
  for (const { method, path, status } of platform.cloud.requestLog.entries()) {
    if (method !== "PUT" || status !== 200 || !path.startsWith(start)) continue;
    const name = path.slice(start.length);
    times[name] = (times[name] ?? 0) + 1;
  }
  return times;
}

/** Uploads in parts that nobody ended. */
export async function openUploads({ storage }: Platform): Promise<number> {
  const { buckets, platform } = storage;
  const answer = await platform.root.send(
    new ListMultipartUploadsCommand({ Bucket: buckets.previews }),
  );
  return answer.Uploads?.length ?? 0;
}
