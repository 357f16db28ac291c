import { z } from "zod";

import { type Statement, statementsOf } from "../statement.ts";
import type { LogLine } from "../target.ts";
import { secretsOf } from "../tools/secrets.ts";
import type { World } from "../world.ts";

const logs = statementsOf("logs", "docs/logs.md", ["logs"]);

/** Bytes of a line. */
const longest = 16 * 1024;

const levels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;

const everyLine = z.looseObject({
  time: z.iso.datetime(),
  level: z.enum(levels),
  service: z.string(),
  environment: z.string(),
  release: z.string(),
  msg: z.string(),
});

const finishedRequest = z.looseObject({
  requestId: z.string(),
  method: z.string(),
  route: z.string(),
  status: z.number().int(),
  durationMs: z.number(),
});

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** All lines so far. Statements about logs are checked last: then there is something of everything. */
async function linesOf(world: World): Promise<readonly LogLine[]> {
  return (await world.target.logs?.lines()) ?? [];
}

/** The first objection of each service, with how many there are: a thousand lines say no more than one. */
function firstOfEach(
  lines: readonly LogLine[],
  object: (line: LogLine) => string | false | undefined,
) {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const objection = object(line);
    if (objection) found.set(line.service, [...(found.get(line.service) ?? []), objection]);
  }
  return [...found].map(([service, all]) => `${service}: ${all[0] ?? ""} (${all.length} lines)`);
}

async function shape(world: World) {
  const lines = await linesOf(world);
  const writing = new Set(lines.map(({ service }) => service));
  const silent = (world.target.logs?.of ?? []).filter((service) => !writing.has(service));
  const wrong = firstOfEach(lines, ({ service, line }) => {
    const value = parse(line);
    if (value === undefined) return "a line is not JSON";
    const result = everyLine.safeParse(value);
    if (!result.success)
      return `check ${result.error.issues.map(({ path }) => path.join(".")).join(", ")}`;
    return result.data.service !== service && `a line of "${result.data.service}"`;
  });
  return [...wrong, silent.length > 0 && `no line of ${silent.join(", ")}`];
}

/** Finished requests: lines with a status. */
const requestsOf = (lines: readonly LogLine[]) =>
  lines.flatMap(({ service, line }) => {
    const value = parse(line) as Readonly<Record<string, unknown>> | undefined;
    return value?.status === undefined ? [] : [{ service, line, value }];
  });

async function requests(world: World) {
  const all = requestsOf(await linesOf(world));
  // A worker is asked for its health alone, and that is not logged.
  const isAsked = world.target.logs?.of.some((service) => service !== "worker") === true;
  const wrong = firstOfEach(all, ({ line }) => {
    const result = finishedRequest.safeParse(parse(line));
    return (
      !result.success && `check ${result.error.issues.map(({ path }) => path.join(".")).join(", ")}`
    );
  });
  return [...wrong, isAsked && all.length === 0 && "there is no line of a finished request"];
}

/** Fields that are numbers in every line that has them: a log service that has seen text there once adds up nothing. */
const numbers = ["status", "durationMs", "attempt", "attempts", "port"] as const;

async function areNumbers(world: World) {
  return firstOfEach(await linesOf(world), ({ line }) => {
    const value = parse(line) as Readonly<Record<string, unknown>> | undefined;
    const [wrong] = numbers.filter(
      (name) => !["undefined", "number"].includes(typeof value?.[name]),
    );
    return wrong !== undefined && `${wrong} is no number`;
  });
}

async function routes(world: World) {
  return firstOfEach(requestsOf(await linesOf(world)), ({ line }) => {
    const { route = "" } = parse(line) as { route?: string };
    return (
      /[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{64}|\?/.test(route) &&
      "a route is an address, not a pattern"
    );
  });
}

async function levelsOf(world: World) {
  return firstOfEach(requestsOf(await linesOf(world)), ({ line }) => {
    const { status, level } = parse(line) as { status: number; level: string };
    if (status >= 500)
      return level !== "error" && `a request that failed with ${status} is ${level}`;
    return status >= 400 && level !== "info" && `a request that was answered ${status} is ${level}`;
  });
}

async function checks(world: World) {
  return firstOfEach(requestsOf(await linesOf(world)), ({ line }) => {
    const { status, route } = parse(line) as { status: number; route: string };
    return status === 200 && route.endsWith("/health") && "a health check that holds is logged";
  });
}

/** What must stand in no line, beside the secrets that are known: signatures, signed queries, tokens. */
const patterns: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a link's path", /\/[ms]\/\d{1,12}\/[AB]\/[0-9a-f]{64}/],
  ["a signed query", /X-Amz-(?:Signature|Credential)/i],
  ["an address with its query", /https?:\/\/[^\s"]+\?/],
  ["a token", /\beyJ[\w-]{10,}\.[\w-]+\.[\w-]+/],
  ["a Bearer token", /Bearer [\w-]{16,}/],
  ["a cookie", /__Host-[\w-]+=/],
];

async function secrets(world: World) {
  const known = secretsOf(world.target);
  return firstOfEach(await linesOf(world), ({ line }) => {
    const [name] = known.find(([, value]) => line.includes(value)) ?? [];
    const [what] = patterns.find(([, pattern]) => pattern.test(line)) ?? [];
    const held = name ?? what;
    return held !== undefined && `a line holds ${held}`;
  });
}

async function length(world: World) {
  return firstOfEach(await linesOf(world), ({ line }) => {
    const bytes = Buffer.byteLength(line);
    return bytes > longest && `a line has ${bytes} bytes`;
  });
}

/** What images write to their logs while they are asked all the rest. */
export const logStatements: readonly Statement[] = [
  logs({
    id: "logs-shape",
    statement: "every line is one JSON object with the fields that every line has",
    words: "A line is one JSON object",
    check: shape,
  }),
  logs({
    id: "logs-requests",
    statement: "a finished request has its id, method, route, status and duration",
    words: "`method`, `route`, `status`, `durationMs`",
    check: requests,
  }),
  logs({
    id: "logs-numbers",
    statement: "what is a number is written as one",
    words: "**Numbers are numbers**",
    check: areNumbers,
  }),
  logs({
    id: "logs-routes",
    statement: "a route is a pattern, and no address",
    words: "`route` is the pattern, such as `/api/assets/:id`",
    check: routes,
  }),
  logs({
    id: "logs-secrets",
    statement: "no line holds a secret, a token, a link or a query",
    words: "an address with its query or a link's path (they carry signatures)",
    check: secrets,
  }),
  logs({
    id: "logs-levels",
    statement: "what a client did wrong is info, and what the service did wrong is error",
    words: "What a client did wrong (4xx) is `info`.",
    check: levelsOf,
  }),
  logs({
    id: "logs-checks",
    statement: "health checks that hold are not logged",
    words: "A health check that holds is not logged.",
    check: checks,
  }),
  logs({
    id: "logs-length",
    statement: "no line is longer than 16 KiB",
    words: "A line is at most 16 KiB.",
    check: length,
  }),
];
