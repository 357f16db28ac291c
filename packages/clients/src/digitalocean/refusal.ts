import { z } from "zod";

import { isWorthRetrying } from "../retry.ts";
import { DigitalOceanError } from "./error.ts";
import { type Call, type Reply, damage, headerOf, parseJson } from "./reply.ts";

/** What an error body says, whatever its shape. */
interface Said {
  /** The API's word for what is wrong. */
  readonly id?: string;
  readonly message?: string;
  readonly requestId?: string;
}

const text = z.string().min(1);

/** `{id, message, request_id}`: most of the API. */
const ordinary = z
  .object({ id: z.string(), message: z.string(), request_id: z.string() })
  .partial()
  .transform(({ id, message, request_id: requestId }): Said => ({
    ...(id === undefined ? {} : { id }),
    ...(message === undefined ? {} : { message }),
    ...(requestId === undefined ? {} : { requestId }),
  }));

/** `{status: "error", errorType, error}`: Prometheus. */
const prometheus = z
  .object({ status: z.literal("error"), errorType: text, error: text })
  .transform(({ errorType, error }): Said => ({ id: errorType, message: error }));

/** `{error, message?, code}` with a number of gRPC: Insights' dashboards and logs. */
const gateway = z
  .object({ error: text, message: text.optional(), code: z.number() })
  .transform(({ error, message = error }): Said => ({ message }));

/** From the narrowest shape to the widest. */
const shapes = z.union([prometheus, gateway, ordinary]);

/** Longest piece of a plain text that an error repeats, in characters. */
const mostOfPlainText = 200;

/** Insights alone answers errors as plain text; elsewhere that is something in between, which may repeat what was sent. */
function plainText({ path }: Call, reply: Reply): Said | undefined {
  const isPlain = headerOf(reply, "content-type")?.startsWith("text/plain") === true;
  const [line = ""] = reply.text.trim().split("\n");
  if (!isPlain || !path.startsWith("/v2/insights/") || line === "") return undefined;
  return { message: line.slice(0, mostOfPlainText) };
}

function saidIn(call: Call, reply: Reply): Said {
  const json = shapes.safeParse(parseJson(reply.text));
  return (json.success ? json.data : plainText(call, reply)) ?? {};
}

/**
 * Whether 429 speaks of how much the team may have, and not of requests: the first lasts. Insights' dashboards have such
 * limits (godo 1.239.0), and their errors another shape.
 */
function isLimitReached(reply: Reply): boolean {
  return reply.status === 429 && gateway.safeParse(parseJson(reply.text)).success;
}

/** Whether an answer may be another one when it is asked for again. */
export function isPassing({ method }: Call, reply: Reply): boolean {
  if (isLimitReached(reply)) return false;
  if (isWorthRetrying(reply.status)) return true;
  // What changes something has changed it.
  return method === "GET" && reply.status < 300 && damage(reply)?.isCut === true;
}

/** What the status means for this call; an answer of a request limit is not explained by it. */
function explanationOf({ explains = {} }: Call, reply: Reply): string | undefined {
  return reply.status === 429 && !isLimitReached(reply) ? undefined : explains[reply.status];
}

/** What is said of an answer without words of the API: a page that the endpoint explains is not a proxy's. */
function wordless(reply: Reply, explanation: string | undefined): string {
  const nothingSaid = "an answer that is not the API's";
  if (explanation === undefined) return damage(reply)?.reason ?? nothingSaid;
  const [type = ""] = headerOf(reply, "content-type")?.split(";") ?? [];
  return damage(reply) && type !== "" ? `${type} instead of JSON` : nothingSaid;
}

/** What the API refused, in its own words, and what that means where the endpoint says it. */
export function refusal(call: Call, attempts: number, reply: Reply): DigitalOceanError {
  const { id, message, requestId } = saidIn(call, reply);
  const explanation = explanationOf(call, reply);
  const said = message ?? wordless(reply, explanation);
  return new DigitalOceanError(
    {
      method: call.method,
      path: call.path,
      status: reply.status,
      attempts,
      ...(id === undefined ? {} : { id }),
      ...(requestId === undefined ? {} : { requestId }),
    },
    explanation === undefined ? said : `${said}; ${explanation}`,
  );
}
