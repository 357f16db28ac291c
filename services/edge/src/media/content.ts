import { randomUUID } from "node:crypto";

import type { Sink } from "../origin/connection.ts";
import type { ObjectInfo } from "./conditions.ts";
import type { Plan } from "./plan.ts";
import { type ByteRange, contentRange, lengthOf } from "./ranges.ts";

/** An object of which any part can be had. */
export interface Content {
  readonly info: ObjectInfo;
  /** Hands a part of it on. */
  readonly forward: (range: ByteRange, sink: Sink) => Promise<void>;
  /** Called once, when no more of it is wanted. */
  readonly release: () => Promise<void>;
}

/** A body, and the headers that describe it. */
export interface Body {
  readonly headers: Readonly<Record<string, string>>;
  readonly forward: (sink: Sink) => Promise<void>;
}

const none: Body = { headers: {}, forward: () => Promise.resolve() };

/** The body of an answer as it was planned. */
export function bodyOf(plan: Plan, content: Pick<Content, "info" | "forward">, type: string): Body {
  const { info, forward } = content;
  if (plan.status === 416) return { ...none, headers: { "content-range": `bytes */${info.size}` } };
  if (plan.status === 200) return wholeBody(content, type);
  if (plan.status !== 206) return none;
  const [range, ...others] = plan.ranges;
  if (!range || others.length > 0) return multipartBody(plan.ranges, content, type);
  return {
    headers: {
      "content-type": type,
      "content-length": String(lengthOf(range)),
      "content-range": contentRange(range, info.size),
    },
    forward: (sink) => forward(range, sink),
  };
}

function wholeBody({ info: { size }, forward }: Pick<Content, "info" | "forward">, type: string) {
  return {
    headers: { "content-type": type, "content-length": String(size) },
    forward: async (sink: Sink) => {
      if (size > 0) await forward({ first: 0, last: size - 1 }, sink);
    },
  };
}

/** Several ranges in one body (RFC 9110, section 14.6). */
function multipartBody(
  ranges: readonly ByteRange[],
  { info: { size }, forward }: Pick<Content, "info" | "forward">,
  type: string,
): Body {
  const boundary = randomUUID();
  const parts = ranges.map((range) => {
    const lines = [
      `--${boundary}`,
      `Content-Type: ${type}`,
      `Content-Range: ${contentRange(range, size)}`,
    ];
    return { range, head: Buffer.from(`\r\n${lines.join("\r\n")}\r\n\r\n`) };
  });
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  const bytes = parts.reduce(
    (sum, { range, head }) => sum + head.length + lengthOf(range),
    end.length,
  );
  return {
    headers: {
      "content-type": `multipart/byteranges; boundary=${boundary}`,
      "content-length": String(bytes),
    },
    forward: async (sink) => {
      for (const { range, head } of parts) {
        await sink(head);
        await forward(range, sink);
      }
      await sink(end);
    },
  };
}
