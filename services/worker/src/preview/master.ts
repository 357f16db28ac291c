import { setTimeout as delay } from "node:timers/promises";

import {
  GetObjectCommand,
  HeadObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";

/** Where a master is. */
export interface MasterPlace {
  readonly bucket: string;
  readonly key: string;
}

/** A master in storage, read piece by piece. */
export interface Master {
  /** Bytes. */
  readonly size: number;
  /**
   * The bytes from `start` up to and without `end`.
   *
   * @throws what storage said, after several tries; a break is never mistaken for the end.
   */
  read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array, void>;
}

/** Bytes of the first piece after a seek: readers that look for an index often want no more. */
const firstPiece = 256 * 1024;

/** Bytes of the largest piece; two of them are held for each reader. */
const largestPiece = 4 * 1024 * 1024;

/** Milliseconds before the second try; doubled for each further one. */
const firstPause = 250;

/** A piece of a master: the first byte, and the byte after the last. */
interface Piece {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds a master.
 *
 * @param tries how often a piece is asked for before reading fails.
 */
export async function openMaster(
  storage: S3Client,
  { bucket, key }: MasterPlace,
  tries: number,
  signal: AbortSignal,
): Promise<Master> {
  const where = { Bucket: bucket, Key: key };
  const { ContentLength: size = 0, ETag } = await look(storage, where, signal);
  const fetchPiece = async ({ from, to }: Piece, abortSignal: AbortSignal) => {
    const Range = `bytes=${from}-${to - 1}`;
    const command = new GetObjectCommand({ ...where, Range, ...(ETag ? { IfMatch: ETag } : {}) });
    const { Body } = await storage.send(command, { abortSignal });
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    if (bytes.length === to - from) return bytes;
    throw new Error(`storage sent ${bytes.length} of ${to - from} bytes of a master`);
  };
  return {
    size,
    read: (start, end, abort) =>
      readAhead(plan(start, Math.min(end, size)), (piece) =>
        persist(() => fetchPiece(piece, abort), tries, abort),
      ),
  };
}

async function look(
  storage: S3Client,
  where: { readonly Bucket: string; readonly Key: string },
  abortSignal: AbortSignal,
) {
  try {
    return await storage.send(new HeadObjectCommand(where), { abortSignal });
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    // An answer to HEAD has no body, and so no words.
    const status = error.$metadata.httpStatusCode ?? "nothing";
    throw new Error(`storage answered ${status} when asked for the master`, { cause: error });
  }
}

/** The pieces of a range, growing from {@link firstPiece} to {@link largestPiece}. */
function* plan(start: number, end: number): Generator<Piece> {
  for (let from = start, size = firstPiece; from < end; size = Math.min(2 * size, largestPiece)) {
    const to = Math.min(from + size, end);
    yield { from, to };
    from = to;
  }
}

/** Yields each piece while the next one is on its way. */
async function* readAhead(
  pieces: Iterable<Piece>,
  fetchPiece: (piece: Piece) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  let next: Promise<Uint8Array> | undefined;
  for (const piece of pieces) {
    const current = next;
    next = fetchPiece(piece);
    // Its failure is thrown where it is awaited, if the reader gets that far.
    next.catch(() => undefined);
    if (current) yield await current;
  }
  if (next) yield await next;
}

/** Tries again, with growing pauses, until it works, `tries` are used up, or nobody waits for it any more. */
async function persist<Result>(
  act: () => Promise<Result>,
  tries: number,
  signal: AbortSignal,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (attempt >= tries || signal.aborted) throw error;
      await delay(firstPause * 2 ** (attempt - 1), undefined, { signal });
    }
  }
}
