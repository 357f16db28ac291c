import { createHash } from "node:crypto";

import type { S3Client } from "@aws-sdk/client-s3";
import { throwIfAborted } from "@mam-infra/clients/abort";

import type { Journal } from "./journal.ts";

/** A bucket in memory, with the conditions of its writes. */
export interface Bucket {
  /** Its client, which answers until it is interrupted. */
  readonly client: (interruption: AbortSignal) => S3Client;
  /** Texts by key. */
  readonly objects: Map<string, string>;
  /** Keys that may be read and not written. */
  readonly refused: Set<string>;
  /** Whether it answers nothing. */
  isDown: boolean;
}

interface Input {
  readonly Key?: string;
  readonly Prefix?: string;
  readonly Body?: string;
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
}

/** Opens an empty bucket; what is written is noted, as `describe` puts it. */
export function openBucket(
  journal: Journal,
  describe: (key: string, text: string) => string,
): Bucket {
  const objects = new Map<string, string>();
  const refused = new Set<string>();
  const commands: Readonly<Record<string, (input: Input) => object>> = {
    GetObjectCommand: ({ Key = "" }) => {
      const text = objects.get(Key);
      if (text === undefined) throw answered(404, "NoSuchKey");
      return { ETag: `"${tag(text)}"`, Body: { transformToString: () => Promise.resolve(text) } };
    },
    // Of what was overwritten or removed nothing is kept.
    ListObjectVersionsCommand: ({ Prefix = "" }) => ({
      Versions: [...objects]
        .filter(([Key]) => Key.startsWith(Prefix))
        .map(([Key, text]) => ({
          Key,
          VersionId: tag(text),
          IsLatest: true,
          LastModified: new Date(),
        })),
    }),
    HeadObjectCommand: ({ Key = "" }) => {
      if (!objects.has(Key)) throw answered(404, "NotFound");
      return {};
    },
    PutObjectCommand: ({ Key = "", Body = "", IfMatch, IfNoneMatch }) => {
      if (refused.has(Key)) throw answered(403, "AccessDenied");
      const standing = objects.get(Key);
      const isRefused =
        (IfNoneMatch === "*" && standing !== undefined) ||
        (IfMatch !== undefined && (standing === undefined || tag(standing) !== IfMatch));
      if (isRefused) throw answered(412, "PreconditionFailed");
      objects.set(Key, Body);
      journal.note(describe(Key, Body));
      return {};
    },
  };
  const client = (interruption: AbortSignal) => {
    const send = async ({ constructor: { name }, input }: { readonly input: Input }) => {
      throwIfAborted(interruption, `${name} was not sent`);
      if (bucket.isDown) throw new Error("the store is down");
      const answer = commands[name];
      if (!answer) throw new Error(`no answer is recorded for ${name}`);
      return Promise.resolve(answer(input));
    };
    // Only what is sent is looked at, as by the client itself.
    return { send } as unknown as S3Client;
  };
  const bucket: Bucket = { client, objects, refused, isDown: false };
  return bucket;
}

function tag(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/** What an S3-compatible service answers when it refuses a call. */
function answered(httpStatusCode: number, name: string): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}
