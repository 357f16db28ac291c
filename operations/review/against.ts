import { readFileSync } from "node:fs";
import { join } from "node:path";

import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import { inEveryText, oneLine } from "../context/printable.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { ExplainedStack, PlanExplanation } from "../plan/explanation.ts";
import { renderPlan } from "../plan/text.ts";
import { type AnyStack, anyStacks } from "../terraform/stack-kinds.ts";
import { type SynthesizedStack, synthesiseGpu, synthesiseStacks } from "../terraform/synthesis.ts";
import { renderMarkdown } from "./markdown.ts";
import type { PlanOptions } from "./plan.ts";
import { synthesisedAt } from "./synthesised-at.ts";
import { changesBetween } from "./synthesised-difference.ts";

/** Exit code for differences, as of a plan. */
const changesExitCode = 2;

interface AgainstOptions extends Omit<PlanOptions, "override"> {
  readonly override: readonly string[];
  /** A commit, as git names it. */
  readonly against: string;
}

/**
 * What the files change: the stacks as they are synthesised here, and as they are at a commit. It asks no platform and
 * no state, so that it can be shown of a pull request from a fork, which is given no secret. What is deployed may be
 * something else than either.
 *
 * @throws NotConfigured for a commit that is not in this checkout, or with options that need a plan.
 */
export async function planAgainst(
  session: Session,
  { against, markdown, all, detailedExitcode, override, review }: AgainstOptions,
  progress: Progress,
): Promise<Outcome> {
  if (review !== undefined || override.length > 0) {
    throw new NotConfigured("--against compares files: --review and --override need a plan");
  }
  const { name } = session.environment.config;
  const [here, there] = await progress.step(`synthesising ${against}`, async () =>
    Promise.all([synthesisedHere(session), synthesisedAt(session, against)]),
  );
  // Most environments have no fourth, here or there.
  const parts = anyStacks.filter((part) => part !== "gpu" || (there[part] ?? here[part]));
  const stacks = parts.map((part) => explained(name, part, there[part], here[part]));
  const explanation = inEveryText(ofFiles(name, stacks), oneLine);
  const { changes } = explanation;
  return {
    ok: true,
    data: { ...explanation, against },
    text: markdown
      ? renderMarkdown(explanation, { all, heading: headingOf(name, against) })
      : renderPlan(explanation, { all }),
    ...(detailedExitcode && changes ? { exitCode: changesExitCode } : {}),
  };
}

function headingOf(name: string, against: string): string {
  return `What the files change in ${name}, against ${against}`;
}

async function synthesisedHere(session: Session) {
  const { gpu } = session.environment.config.services.worker;
  const stacks: readonly SynthesizedStack<AnyStack>[] = [
    ...Object.values(await synthesiseStacks(session)),
    ...(gpu ? [await synthesiseGpu(session)] : []),
  ];
  const texts = stacks.map(({ kind, directory }) => [
    kind,
    readFileSync(join(directory, "cdk.tf.json"), "utf8"),
  ]);
  return Object.fromEntries(texts) as Readonly<Record<string, string | undefined>>;
}

function explained(
  environment: string,
  part: ExplainedStack["part"],
  before: string | undefined,
  after: string | undefined,
): ExplainedStack {
  const resources = changesBetween(before, after);
  return { part, name: `${environment}-${part}`, resources, noise: [], warnings: [] };
}

function ofFiles(environment: string, stacks: readonly ExplainedStack[]): PlanExplanation {
  const changes = stacks.some(({ resources }) => resources.length > 0);
  return { environment, changes, stacks, notPlanned: [], afterwards: [], drift: [] };
}
