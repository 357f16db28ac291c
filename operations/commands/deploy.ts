import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { parseOverride } from "../gate/gate.ts";
import { overridable } from "../gate/overridable.ts";
import { confirmation } from "../deploy/confirmation.ts";
import { deployEnvironment } from "../deploy/deploy.ts";
import type { DeploymentResult } from "../deploy/deployment.ts";

interface DeployOptions {
  readonly yes: boolean;
  readonly override: readonly string[];
  readonly all: boolean;
  readonly rollbackOnFailure: boolean;
}

/** `mam deploy`: brings an environment to what its files say. */
export function declareDeploy(program: Command): void {
  const command = environmentCommand<DeployOptions>(
    program,
    "deploy",
    "checks, plans, applies the saved plans, verifies and records",
    [
      "mam deploy staging",
      "mam deploy production --yes --rollback-on-failure",
      'mam deploy staging --yes --override stateful="the cache is thrown away on purpose"',
    ],
    deploy,
    () => true,
  )
    .option("--yes", "goes on without a question, as CI has to", false)
    .option("--all", "plans every stack, also one that says what was deployed last", false)
    .option("--rollback-on-failure", "deploys the last good release when this one fails", false);
  overridable(command);
}

async function deploy(
  session: Session,
  { yes, override, all, rollbackOnFailure }: DeployOptions,
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  const confirm = confirmation({
    yes,
    command: `mam deploy ${name}`,
    question: `Deploy ${name}?`,
    input: process.stdin,
    output: session.output,
    interruption: session.interruption,
  });
  const overrides = override.map(parseOverride);
  const options = { kind: "deployment", confirm, overrides, all, rollbackOnFailure } as const;
  return deploymentOutcome(name, await deployEnvironment(session, options, progress));
}

/** The outcome of a command that deploys. */
export function deploymentOutcome(
  environment: string,
  { ok, entry, findings, text }: DeploymentResult,
): Outcome {
  return { ok, data: { environment, ok, release: entry ?? null, findings }, text };
}
