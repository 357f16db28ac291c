import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { parseDuration } from "../analysis/duration.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { parseOverride } from "../gate/gate.ts";
import { overridable } from "../gate/overridable.ts";
import { confirmation } from "../deploy/confirmation.ts";
import { readReviewed } from "../reviewed/file.ts";
import { deployEnvironment } from "../deploy/deploy.ts";
import type { DeploymentOptions, DeploymentResult } from "../deploy/deployment.ts";

interface DeployOptions {
  readonly yes: boolean;
  readonly override: readonly string[];
  readonly all: boolean;
  readonly rollbackOnFailure: boolean;
  /** As typed. */
  readonly analyse?: string;
  readonly reviewed?: string;
}

/** Exit code where the plan is not the one that was reviewed: nothing was changed. */
const notReviewedExitCode = 3;

/** `mam deploy`: brings an environment to what its files say. */
export function declareDeploy(program: Command): void {
  const command = environmentCommand<DeployOptions>(
    program,
    "deploy",
    "checks, plans, applies the saved plans, verifies and records",
    [
      "mam deploy staging",
      "mam deploy production --yes --rollback-on-failure",
      "mam deploy production --yes --analyse 10m --rollback-on-failure",
      "mam deploy production --yes --reviewed review/production.json",
      'mam deploy staging --yes --override stateful="the cache is thrown away on purpose"',
    ],
    deploy,
    () => true,
  )
    .option("--yes", "goes on without a question, as CI has to", false)
    .option("--all", "plans every stack, also one that says what was deployed last", false)
    .option(
      "--reviewed <file>",
      "deploys only what was reviewed, as mam plan --review wrote it; exits with 3 when the plan is another one",
    )
    .option("--rollback-on-failure", "deploys the last good release when this one fails", false)
    .option(
      "--analyse <duration>",
      "watches service levels and alert rules for so long afterwards, such as 10m; red is a failure",
    );
  overridable(command);
}

async function deploy(
  session: Session,
  { yes, override, all, rollbackOnFailure, analyse, reviewed }: DeployOptions,
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  const analysis = analysisOf(session, analyse);
  const confirm = confirmation({
    yes,
    command: `mam deploy ${name}`,
    question: `Deploy ${name}?`,
    input: process.stdin,
    output: session.output,
    interruption: session.interruption,
  });
  const overrides = override.map(parseOverride);
  const held = reviewed === undefined ? {} : { reviewed: readReviewed(reviewed, name) };
  const options: DeploymentOptions = {
    ...({ kind: "deployment", confirm, overrides, all, rollbackOnFailure } as const),
    ...(analysis ? { analysis } : {}),
    ...held,
  };
  return deploymentOutcome(name, await deployEnvironment(session, options, progress));
}

/** How the release is watched. @throws NotConfigured for what is no time, and where nobody says how services do. */
function analysisOf({ environment }: Session, typed: string | undefined) {
  if (typed === undefined) return undefined;
  const { enabled, disabledReason = "" } = environment.config.monitoring.objectives;
  if (!enabled) {
    throw new NotConfigured(
      `--analyse watches service levels, which are switched off: ${disabledReason}\n  fix: set monitoring.objectives.enabled: true, or leave --analyse out`,
    );
  }
  return { seconds: parseDuration(typed) };
}

/** The outcome of a command that deploys. */
export function deploymentOutcome(
  environment: string,
  { ok, entry, findings, text, deviations }: DeploymentResult,
): Outcome {
  const data = { environment, ok, release: entry ?? null, findings };
  if (!deviations) return { ok, data, text };
  return { ok, data: { ...data, notReviewed: deviations }, text, exitCode: notReviewedExitCode };
}
