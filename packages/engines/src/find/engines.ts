import { tryCandidate } from "./candidate.ts";
import type { EngineName, FoundEngine, FoundEngines, MissingEngine, Search } from "./model.ts";
import { engineNames } from "./model.ts";
import { type EngineSources, engineSources } from "./sources.ts";

/** What {@link findEngines} is told; everything has a default. */
export interface FindOptions {
  /** Told before something is downloaded, in a sentence; default: nobody is. */
  readonly progress?: (line: string) => void;
  /** The engines that are wanted; default: all. What is not wanted is not installed. */
  readonly only?: readonly EngineName[];
  /** Where PATH and the variables that name programs are read; default: that of the process. */
  readonly environment?: Readonly<Partial<Record<string, string>>>;
}

/**
 * Finds the real programs that this machine has, and installs those of PostgreSQL, ffmpeg and Valkey that it lacks at
 * their first use. A program counts as found when it runs. What is missing is reported and never an error: whoever
 * needs it says so with the line that mends it.
 */
export async function findEngines(options: FindOptions = {}): Promise<FoundEngines> {
  const { only = engineNames, progress = () => undefined, environment = process.env } = options;
  const results = await Promise.all(
    only.map((name) => findEngine(name, { environment, progress })),
  );
  const found = results.flatMap(({ found: one }, index) => (one ? [[only[index], one]] : []));
  return {
    found: Object.fromEntries(found) as FoundEngines["found"],
    missing: results.flatMap(({ missing }) => (missing ? [missing] : [])),
  };
}

interface Result {
  readonly found?: FoundEngine;
  readonly missing?: MissingEngine;
}

async function findEngine(name: EngineName, search: Search): Promise<Result> {
  const sources = engineSources[name];
  const objections: string[] = [];
  for (const source of sources.sources) {
    const { found, objection, insisted } = await trySource(source, sources, search);
    if (found) return { found };
    if (objection !== undefined) objections.push(objection);
    if (insisted) break;
  }
  return { missing: missingEngine(name, sources, objections) };
}

interface Attempt {
  readonly found?: FoundEngine;
  readonly objection?: string;
  readonly insisted?: boolean;
}

async function trySource(
  source: EngineSources["sources"][number],
  { version, accepts }: EngineSources,
  search: Search,
): Promise<Attempt> {
  let insisted = false;
  try {
    const candidate = await source(search);
    if (!candidate) return {};
    insisted = candidate.insisted ?? false;
    const found = await tryCandidate(candidate, version);
    if (accepts?.(found.version) ?? true) return { found };
    return { objection: `${found.program} is ${found.version}`, insisted };
  } catch (error) {
    return { objection: firstLines(error), insisted };
  }
}

/** The beginning of what a program said: npm and pip print pages. */
function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n").filter(Boolean).slice(0, 4).join(" / ");
}

function missingEngine(
  engine: EngineName,
  { title, missing, lines }: EngineSources,
  objections: readonly string[],
): MissingEngine {
  const why = objections.length > 0 ? ` (${objections.join("; ")})` : "";
  const line = process.platform === "darwin" ? lines.darwin : lines.linux;
  return { engine, missing: `${title} ${missing}${why}`, line };
}

/** What keeps tests or a scenario from running, as one line for a person; undefined when all that it needs was found. */
export function lacking(
  { missing }: FoundEngines,
  needed: readonly EngineName[],
): string | undefined {
  const lines = missing.filter(({ engine }) => needed.includes(engine));
  if (lines.length === 0) return undefined;
  return lines.map(({ missing: what, line }) => `${what}: ${line}`).join("; ");
}

/**
 * Like {@link lacking}, for tests: where `MAM_REQUIRE_ENGINES` is set, as the automatic checks set it, a lack is an error.
 * Elsewhere the tests are to be reported as skipped, with the line.
 *
 * @throws with the lines that mend it.
 */
export function skipReason(
  engines: FoundEngines,
  needed: readonly EngineName[],
): string | undefined {
  const lack = lacking(engines, needed);
  if (lack !== undefined && process.env.MAM_REQUIRE_ENGINES) {
    throw new Error(`MAM_REQUIRE_ENGINES is set, and not everything is there. ${lack}`);
  }
  return lack;
}
