import type { ObjectInfo } from "../media/conditions.ts";
import { type ByteRange, lengthOf } from "../media/ranges.ts";
import { type ResponseHead, bodyLength } from "./response-head.ts";

/** What storage answers, as far as a viewer is concerned. */
export type StorageAnswer =
  | {
      readonly kind: "object";
      readonly info: ObjectInfo;
      /** What comes of it; undefined for the whole. */
      readonly range: ByteRange | undefined;
      /** Bytes that come. */
      readonly length: number;
    }
  /** The viewer has it already. */
  | { readonly kind: "unchanged"; readonly info: Pick<ObjectInfo, "etag" | "lastModified"> }
  /** Nothing of it is in the range. */
  | { readonly kind: "unsatisfiable" };

/** What an answer means; undefined when it is none of the few that are known here, such as every error. */
export function readAnswer(head: ResponseHead): StorageAnswer | undefined {
  const { status, headers } = head;
  const etag = headers.get("etag") ?? "";
  const lastModified = headers.get("last-modified") ?? "";
  if (status === 304) return { kind: "unchanged", info: { etag, lastModified } };
  if (status === 416) return { kind: "unsatisfiable" };
  const sent = readSent(head);
  if (!sent) return undefined;
  const { size, range, length } = sent;
  return { kind: "object", info: { size, etag, lastModified }, range, length };
}

/** What comes of an object; undefined when the head does not say it, or contradicts itself. */
function readSent(head: ResponseHead) {
  const length = bodyLength(head);
  if (length === undefined) return undefined;
  if (head.status === 200) return { size: length, range: undefined, length };
  const part =
    head.status === 206 ? readContentRange(head.headers.get("content-range")) : undefined;
  return part && lengthOf(part.range) === length ? { ...part, length } : undefined;
}

function readContentRange(header = "") {
  const [, first, last, size] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(header) ?? [];
  return size === undefined
    ? undefined
    : { range: { first: Number(first), last: Number(last) }, size: Number(size) };
}
