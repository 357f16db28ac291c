import type { z } from "zod";

import type { HcpStore, User } from "./model.ts";
import type { Runner } from "./runs/runner.ts";

/** A request of the API that was understood. */
export interface HcpRequest<Body = unknown> {
  readonly store: HcpStore;
  readonly user: User;
  readonly runner: Runner;
  /** Of the path, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly now: Date;
  /** Address of this service, for links. */
  readonly origin: string;
}

/** What is answered: a document, or nothing but a status. */
export interface HcpReply {
  readonly status?: number;
  readonly document?: unknown;
}

/** A call of the API. */
export interface HcpEndpoint {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path behind `/api/v2`, with parameters as `:name`. */
  readonly path: string;
  /** Names of query parameters; others are findings. */
  readonly query: readonly string[];
  /** Shape of the body; absent where the call takes none. */
  readonly body?: z.ZodType;
  handle(request: HcpRequest): HcpReply;
}

/** An endpoint whose handler knows the shape of its body. */
export function endpoint<Body>(one: {
  readonly method: HcpEndpoint["method"];
  readonly path: string;
  readonly query?: readonly string[];
  readonly body?: z.ZodType<Body>;
  readonly handle: (request: HcpRequest<Body>) => HcpReply;
}): HcpEndpoint {
  const { handle, query = [], ...rest } = one;
  return { ...rest, query, handle: (request) => handle(request as HcpRequest<Body>) };
}
