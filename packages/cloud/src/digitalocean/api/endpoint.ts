import { z } from "zod";

import type { Platform } from "../platform.ts";
import type { Store } from "../store.ts";
import { parseStrictly } from "./parsing.ts";

/** What a handler answers. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** 200 with a body. */
export const ok = (body: unknown): Answer => ({ status: 200, body });
/** 201 with what was created. */
export const created = (body: unknown): Answer => ({ status: 201, body });
/** 202 without a body: the platform goes on by itself. */
export const accepted = (): Answer => ({ status: 202 });
/** 204: done. */
export const noContent = (): Answer => ({ status: 204 });

type PathParameter<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParameter<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** What a handler gets. */
export interface Call<Path extends string, Query, Body> {
  readonly platform: Platform;
  readonly store: Store;
  /** Virtual time of the request. */
  readonly at: Date;
  readonly params: Readonly<Record<PathParameter<Path>, string>>;
  readonly query: Query;
  readonly body: Body;
  /** Absolute URL of the request without its query, for the links of a list. */
  readonly url: string;
  /** Scheme and authority of the API. */
  readonly origin: string;
}

/** An HTTP method that the API uses. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A request as it arrived. */
interface ArrivedRequest {
  readonly platform: Platform;
  readonly at: Date;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly url: string;
  readonly origin: string;
}

/** One call of the API: where it is, what it needs, and what it does. */
export interface Endpoint {
  readonly method: Method;
  readonly path: string;
  /** OAuth scope that the token needs, such as `app:update`. */
  readonly scope: string;
  answer(request: ArrivedRequest): Answer;
}

const noQuery = z.strictObject({});
const noBody = z.undefined({ error: "this call takes no body" });

/**
 * Describes an endpoint. Query and body are parsed strictly ({@link parseStrictly}) before the handler runs; a call
 * that declares none must be sent none.
 *
 * @param definition.scope as the API description's `security` names it.
 * @param definition.refusal status of a refused query or body; default 422.
 */
export function endpoint<
  const Path extends string,
  Query extends z.ZodType = typeof noQuery,
  Body extends z.ZodType = typeof noBody,
>(definition: {
  readonly method: Method;
  readonly path: Path;
  readonly scope: string;
  readonly query?: Query;
  readonly body?: Body;
  readonly refusal?: 400 | 422;
  readonly handle: (call: Call<Path, z.infer<Query>, z.infer<Body>>) => Answer;
}): Endpoint {
  const { method, path, scope, refusal = 422, handle } = definition;
  return {
    method,
    path,
    scope,
    answer: ({ platform, at, params, query, body, url, origin }) => {
      const { findings } = platform;
      const strictness = { call: `${method} ${path}`, status: refusal, findings };
      return handle({
        platform,
        store: platform.store,
        at,
        // The router has matched the path, so every placeholder in it has a value.
        params: params as Record<PathParameter<Path>, string>,
        // Without a schema in the definition the type parameter is that of the default.
        query: parseStrictly((definition.query ?? noQuery) as Query, query, "query", strictness),
        body: parseStrictly((definition.body ?? noBody) as Body, body, "body", strictness),
        url,
        origin,
      });
    },
  };
}
