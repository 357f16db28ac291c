import type { Environment } from "../../environments/loading/load.ts";
import { terminalWatcher } from "../command/watcher.ts";
import { inspectionDifferences } from "../harness/differences.ts";
import { type Inspection, inspect } from "../harness/inspection.ts";
import type { ProvidersKind } from "../harness/providers.ts";
import { rehearse } from "../harness/rehearsal.ts";
import type { RehearsalReport } from "../harness/report.ts";
import { CannotRehearse } from "../harness/workspace.ts";
import type { Suite } from "../scenarios/index.ts";
import { type Difference, explain } from "./explained.ts";

/** A suite that was played with both kinds of providers, and how the two came out. */
export interface Comparison {
  readonly environment: string;
  readonly suite: string;
  /** Names of the acts that were played, in their order. */
  readonly acts: readonly string[];
  /** Values that stand at the end, on the platforms and in Terraform's states, with the programs. */
  readonly values: number;
  /** Requests that changed something, with the programs. */
  readonly changes: number;
  readonly differences: readonly Difference[];
}

/** What is compared. */
export interface Asked {
  readonly environment: Environment;
  readonly suite: Suite;
  /** The programs to compare with. */
  readonly providers: ProvidersKind;
}

/**
 * Plays a suite with the programs and then without, and compares what stands, what was asked and what Terraform remembers.
 *
 * @throws CannotRehearse when an act does not hold with one of the two, or a program cannot be had.
 */
export async function compareProviders(asked: Asked): Promise<Comparison> {
  // First the one that may not be playable.
  const real = await play(asked, asked.providers);
  const embedded = await play(asked, "embedded");
  return {
    environment: asked.environment.config.name,
    suite: asked.suite.name,
    acts: asked.suite.scenarios.map(({ name }) => name),
    values: Object.values(real.standing).flat().length,
    changes: Object.values(real.asked).reduce((sum, count) => sum + count, 0),
    differences: explain(inspectionDifferences(embedded, real)),
  };
}

async function play({ environment, suite }: Asked, providers: ProvidersKind): Promise<Inspection> {
  process.stdout.write(`${environment.config.name}, ${suite.name}: ${providers} providers\n`);
  let inspection: Inspection | undefined;
  const report = await rehearse(
    {
      project: process.cwd(),
      environment,
      suite: suite.name,
      scenarios: suite.scenarios,
      providers,
      faults: [],
      keep: false,
      interruption: new AbortController().signal,
    },
    {
      ...terminalWatcher(process.stdout.isTTY),
      end: async (cloud) => {
        inspection = await inspect(cloud);
      },
    },
  );
  if (!inspection || !report.held) throw new CannotRehearse(whyNot(providers, report));
  return inspection;
}

function whyNot(providers: ProvidersKind, { acts, findings }: RehearsalReport): string {
  const broken = acts.flatMap(({ statements, error }) => [
    ...statements
      .filter(({ held }) => !held)
      .map(({ statement, objections }) => `${statement} (${objections.join("; ")})`),
    ...(error === undefined ? [] : [error]),
  ]);
  return `The scenarios did not hold with ${providers} providers: ${[...broken, ...findings].join(", ")}.`;
}
