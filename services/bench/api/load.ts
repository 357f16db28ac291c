import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type Bench, inPairs } from "../bench.ts";
import { type Pair, median, percentile } from "../measures.ts";
import { askProgram, cpuSecondsOf } from "../processes.ts";
import type { Called, Calling } from "./callers.ts";
import type { SignedIn } from "./people.ts";

/** Sessions, each with a connection of its own. */
export const sessions = 1000;

/** Requests a second of all together: each session asks for something every ten seconds. */
export const arrivals = 100;

/** Seconds that are measured at the arrival rate, and without a pause. */
const [calm, full] = [8, 3];

/** Seconds before them, at the arrival rate. */
const warmUp = 2;

/** Sessions that ask again at once when the most is wanted: more would wait for longer than the api lets them wait. */
const atOnce = 100;

/** Assets of a page of the library, as the page asks for them. */
const pageSize = 24;

/** Parts that are signed in one request, as the page asks for them. */
const partsAtOnce = 16;

/** A kind of request, from all sessions. */
export interface Kind {
  readonly port: number;
  /** The process that answers. */
  readonly pid: number;
  readonly requests: readonly string[];
}

const head = (method: string, path: string, { token, address }: SignedIn, rest = "") =>
  `${method} ${path} HTTP/1.1\r\nHost: api.mam.localhost\r\nAuthorization: Bearer ${token}\r\n` +
  `X-Forwarded-For: ${address}\r\nX-Forwarded-Proto: https\r\n${rest}\r\n`;

/** A page of the library. */
export const listing = (person: SignedIn): string =>
  head("GET", `/api/assets?limit=${pageSize}`, person);

/** Addresses of parts. */
export function signing(person: SignedIn): string {
  const numbers = Array.from({ length: partsAtOnce }, (_, index) => index + 1);
  const body = JSON.stringify({ numbers });
  const rest = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  return head("POST", `/api/uploads/${person.uploadId}/urls`, person, rest) + body;
}

/** `select 1`. */
export const selecting = (): string => "GET / HTTP/1.1\r\nHost: select-one\r\n\r\n";

/** @throws when a request was not answered by 200 */
async function call(
  bench: Bench,
  { port, requests }: Pick<Kind, "port" | "requests">,
  load: Partial<Calling>,
) {
  const calling = {
    port,
    requests,
    perSecond: arrivals,
    seconds: calm,
    warmUpSeconds: warmUp,
    ...load,
  };
  const file = join(bench.directory, "calling.json");
  await writeFile(file, JSON.stringify(calling), { mode: 0o600 });
  const called = await askProgram<Called>(bench, new URL("callers.ts", import.meta.url), file);
  const failures = JSON.stringify(called.failures);
  if (failures !== "{}") throw new Error(`answers at port ${port} that are not 200: ${failures}`);
  return called;
}

/** What a comparison found. */
export interface Compared {
  /** p95 in milliseconds at the arrival rate, of each pair. */
  readonly p95: readonly Pair[];
  /** Middle of the pairs' medians in milliseconds. */
  readonly p50: Pair;
  /** Milliseconds of a CPU that the process took for a request. */
  readonly cpu: Pair;
  /** Requests a second of {@link atOnce} sessions: the most that either answers here. */
  readonly most: Pair;
}

/** How many requests a second a server answers, at most. Measured first: then its code is compiled, as in production. */
async function most(bench: Bench, { port, requests }: Kind): Promise<number> {
  const load = { perSecond: null, seconds: full, warmUpSeconds: 3 };
  const called = await call(bench, { port, requests: requests.slice(0, atOnce) }, load);
  return called.perSecond;
}

/** Compares two kinds of requests. */
export async function compare(
  bench: Bench,
  name: string,
  ours: Kind,
  theirs: Kind,
): Promise<Compared> {
  bench.progress(`${name}: as many as are answered`);
  const rates = { ours: await most(bench, ours), theirs: await most(bench, theirs) };
  bench.progress(`${name}: ${arrivals} requests a second of ${sessions} sessions`);
  const measure = async (kind: Kind) => {
    const before = cpuSecondsOf([kind.pid]);
    const { latencies } = await call(bench, kind, {});
    const requests = (calm + warmUp) * arrivals;
    const cpu = (1000 * (cpuSecondsOf([kind.pid]) - before)) / requests;
    return { p95: percentile(latencies, 95), p50: median(latencies), cpu };
  };
  const pairs = await inPairs(
    bench.pairs ?? 5,
    () => measure(ours),
    () => measure(theirs),
  );
  const middle = (of: "p50" | "cpu") => ({
    ours: median(pairs.map(({ ours: one }) => one[of])),
    theirs: median(pairs.map(({ theirs: one }) => one[of])),
  });
  return {
    p95: pairs.map((pair) => ({ ours: pair.ours.p95, theirs: pair.theirs.p95 })),
    p50: middle("p50"),
    cpu: middle("cpu"),
    most: rates,
  };
}
