import type { IncomingHttpHeaders } from "node:http";

import type { SegmentCache } from "../cache/segment-cache.ts";
import type { Origin } from "../origin/origin.ts";
import { type ObjectInfo, judgeConditions } from "./conditions.ts";
import { type Body, type Content, bodyOf } from "./content.ts";
import { type MediaKind, isComplete } from "./kinds.ts";
import { type Plan, planAnswer } from "./plan.ts";
import { readPlaylist } from "./playlist.ts";
import { lengthOf, readRanges } from "./ranges.ts";

/** What is asked for. */
export interface MediaRequest {
  readonly key: string;
  readonly kind: MediaKind;
  readonly headers: IncomingHttpHeaders;
  /** Aborted when the viewer has gone. */
  readonly viewer: AbortSignal;
}

/** What is answered, before it is sent. */
export interface Found {
  readonly plan: Plan;
  readonly info: Pick<ObjectInfo, "etag" | "lastModified">;
  readonly body: Body;
  /** Whether it is a playlist that does not grow any more. */
  readonly isListComplete?: boolean;
  /** Called once, when the body was sent or is not wanted. */
  readonly release: () => Promise<void>;
}

/** Where objects are found. */
export interface Sources {
  readonly origin: Origin;
  readonly cache: SegmentCache;
}

/** What is answered to a HEAD: storage is asked by HEAD too, and the object not read. */
export async function findHead({ origin }: Sources, request: MediaRequest): Promise<Found> {
  const info = await origin.head(request.key, request.viewer);
  const verdict = judgeConditions(request.headers, info);
  const plan: Plan = { status: verdict === "go" ? 200 : verdict === "unchanged" ? 304 : 412 };
  return found(plan, { info, forward: () => Promise.resolve() }, request);
}

/**
 * What is answered to a GET: a playlist is read whole, a segment comes from the cache, and everything else is streamed.
 *
 * @throws RequestError as {@link Origin.open} does.
 */
export async function find(sources: Sources, request: MediaRequest): Promise<Found> {
  const { keeping } = request.kind;
  if (keeping === "playlist") return findPlaylist(sources, request);
  const segment =
    keeping === "immutable" ? await sources.cache.take(request.key, request.viewer) : undefined;
  return segment
    ? found(planAnswer(request.headers, segment.info), segment, request)
    : findStream(sources, request);
}

async function findPlaylist({ origin }: Sources, request: MediaRequest): Promise<Found> {
  const opened = await origin.open(request.key, conditions(request.headers), request.viewer);
  if (opened.kind === "unchanged") return unchanged(opened.info);
  if (opened.kind === "unsatisfiable")
    throw new Error("storage refuses a range that nobody asked for");
  const text = await readPlaylist(opened, opened.info.size);
  const forward: Content["forward"] = async ({ first, last }, sink) => {
    await sink(text.subarray(first, last + 1));
  };
  const plan = planAnswer(request.headers, opened.info);
  return {
    ...found(plan, { info: opened.info, forward }, request),
    isListComplete: isComplete(text.toString("utf8")),
  };
}

async function findStream(sources: Sources, request: MediaRequest): Promise<Found> {
  const { origin } = sources;
  const { key, headers, viewer, kind } = request;
  const [range, ...others] = readRanges(headers.range) ?? [];
  if (others.length > 0) return findParts(sources, request);
  const opened = await origin.open(key, { ...conditions(headers), range }, viewer);
  if (opened.kind === "unsatisfiable") return findParts(sources, request);
  if (opened.kind === "unchanged") return unchanged(opened.info);
  const plan = planAnswer(headers, opened.info);
  const isAsPlanned = plan.status === (opened.range ? 206 : 200);
  if (!isAsPlanned) opened.cancel();
  // A range of another object than the viewer has: he gets the whole.
  if (!isAsPlanned && plan.status === 200) return findParts(sources, request);
  const { forward, cancel } = opened;
  const body = bodyOf(
    plan,
    { info: opened.info, forward: (_range, sink) => forward(sink) },
    kind.type,
  );
  return {
    plan,
    info: opened.info,
    body,
    release: () => {
      cancel();
      return Promise.resolve();
    },
  };
}

/** Asks for each part by itself, once it is known what there is. */
async function findParts({ origin }: Sources, request: MediaRequest): Promise<Found> {
  const { key, headers, viewer } = request;
  const info = await origin.head(key, viewer);
  const forward: Content["forward"] = async (range, sink) => {
    const part = await origin.open(key, { range, ifMatch: info.etag }, viewer);
    if (part.kind === "object" && part.length === lengthOf(range)) return part.forward(sink);
    part.cancel();
    throw new Error("storage sent another part than it was asked for");
  };
  return found(planAnswer(headers, info), { info, forward }, request);
}

function found(
  plan: Plan,
  content: Pick<Content, "info" | "forward"> & Partial<Pick<Content, "release">>,
  { kind }: MediaRequest,
): Found {
  const { info, release = () => Promise.resolve() } = content;
  return { plan, info, body: bodyOf(plan, content, kind.type), release };
}

/** The viewer has it already, as storage says. */
function unchanged(info: Found["info"]): Found {
  const body = { headers: {}, forward: () => Promise.resolve() };
  return { plan: { status: 304 }, info, body, release: () => Promise.resolve() };
}

const conditions = (headers: IncomingHttpHeaders) => ({
  ifNoneMatch: headers["if-none-match"],
  ifModifiedSince: headers["if-modified-since"],
});
