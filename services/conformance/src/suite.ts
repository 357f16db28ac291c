import type { Group, Objections, Statement } from "./statement.ts";
import { type Target, lackingIn } from "./target.ts";
import { wordsOf } from "./tools/wait.ts";
import { World } from "./world.ts";

/** What came of a statement. */
export interface Verdict {
  readonly id: string;
  readonly group: Group;
  readonly statement: string;
  readonly page: string;
  readonly outcome: "holds" | "does not hold" | "not run";
  /** What contradicts it, or what is missing to check it. */
  readonly because: readonly string[];
  readonly seconds: number;
}

/** How a suite is run. */
export interface Running {
  /** Told when a check begins, and what came of it. */
  readonly onBegin?: (statement: Statement) => void;
  readonly onVerdict?: (verdict: Verdict) => void;
  /** Ends the suite after the check under way. */
  readonly interruption?: AbortSignal;
  /** Seconds that something which has to come may take; default {@link defaultPatience}. */
  readonly patience?: number;
}

/** Seconds that a preview of a few seconds may take on a busy machine. */
const defaultPatience = 90;

/** Checks statements one after the other, and puts away what they made. */
export async function runSuite(
  target: Target,
  statements: readonly Statement[],
  { onBegin, onVerdict, interruption, patience = defaultPatience }: Running = {},
): Promise<readonly Verdict[]> {
  const world = new World(target, patience);
  const verdicts: Verdict[] = [];
  try {
    for (const statement of statements) {
      if (interruption?.aborted) break;
      onBegin?.(statement);
      const verdict = await judge(world, statement);
      verdicts.push(verdict);
      onVerdict?.(verdict);
    }
  } finally {
    await world.close();
  }
  return verdicts;
}

async function judge(world: World, { check, needs, ...statement }: Statement): Promise<Verdict> {
  const { id, group, page, statement: words } = statement;
  const lacking = [...new Set(lackingIn(world.target, needs))];
  const begun = performance.now();
  const verdict = (outcome: Verdict["outcome"], because: readonly string[]): Verdict => ({
    ...{ id, group, statement: words, page, outcome, because },
    seconds: Math.round(performance.now() - begun) / 1000,
  });
  if (lacking.length > 0) return verdict("not run", lacking);
  const objections: Objections = await check(world).catch((error: unknown) => [wordsOf(error)]);
  const against = objections.filter((one) => typeof one === "string");
  return verdict(against.length === 0 ? "holds" : "does not hold", against);
}
