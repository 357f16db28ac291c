import { messageOf } from "@mam-infra/clients/message";
import type { Progress } from "../context/progress.ts";
import { type Session, finishing } from "../context/session.ts";
import { AbortError, throwIfAborted } from "@mam-infra/clients/abort";
import { type StackKind, stackKinds } from "../terraform/stack-kinds.ts";
import type { Known } from "../verify/known.ts";
import { type Passwords, passwordsOf } from "../verify/passwords.ts";
import { findLeft, saveStates } from "./aftermath.ts";
import { type ConclusionOptions, conclude } from "./conclusion.ts";
import { PlanRefused, type StackOutcomes, applyPlans } from "./execution.ts";
import type { AppFailure } from "./failure.ts";
import { narrow } from "./narrowing.ts";
import type { Preparation } from "./preparation.ts";
import type { Attempt } from "./result.ts";
import { awaitRelease, failureSince } from "./rollout.ts";
import { untaintStateful } from "./taint.ts";

/**
 * Applies what was prepared, waits for the release to run, and verifies it. It always comes to something: whatever is
 * thrown on the way is in what is returned.
 *
 * @param outcomes written as the stacks are applied.
 */
export async function attempt(
  preparation: Preparation,
  outcomes: StackOutcomes,
  progress: Progress,
): Promise<Attempt> {
  const { session } = preparation;
  let running: string | undefined;
  try {
    await applyPlans(preparation, outcomes, progress);
    throwIfAborted(session.interruption, "the release was applied, and not waited for");
    const { failure, deployment } = await awaitRelease(session, preparation, progress);
    if (failure) return failed(failure);
    if (deployment === undefined) {
      const reason =
        "the release does not run, and no deployment of it failed: mam verify says more";
      return { result: "failed", reason, findings: [] };
    }
    running = deployment;
    return await withRelease(preparation, outcomes, deployment, progress);
  } catch (error) {
    const attempt = await afterFailure(preparation, outcomes, error, progress);
    return running === undefined ? attempt : { ...attempt, deployment: running };
  }
}

/** What is left to do once a release runs. */
async function withRelease(
  preparation: Preparation,
  outcomes: StackOutcomes,
  deployment: string,
  progress: Progress,
): Promise<Attempt> {
  const { session } = preparation;
  const storage = await narrow(preparation, outcomes, progress);
  const sealing = outcomes.app === "applied" || !session.environment.sealed;
  const { entries } = preparation.grounds.history;
  const known = { ...untouched(preparation.known, outcomes), entries };
  const { passwords, ...ended } = await verified(session, { sealing, known }, progress);
  const isNew = deployment !== preparation.before?.app.active_deployment?.id;
  // What was there before the deployment began is the safe side: a password of meanwhile counts as newer.
  const taken = isNew ? { ...passwords, ...passwordsBefore(preparation) } : undefined;
  return {
    ...ended,
    deployment,
    ...(taken ? { passwords: taken } : {}),
    ...(storage ? { storage } : {}),
  };
}

function passwordsBefore({ known: { data } }: Preparation): Passwords {
  return data ? passwordsOf(data) : {};
}

/** What is known of stacks that were not applied since. */
function untouched({ data, storage }: Known, outcomes: StackOutcomes): Known {
  const isSo = (part: StackKind) => ["not planned", "unchanged"].includes(outcomes[part]);
  return {
    ...(data && isSo("data") ? { data } : {}),
    ...(storage && isSo("storage") ? { storage } : {}),
  };
}

async function verified(
  session: Session,
  options: ConclusionOptions,
  progress: Progress,
): Promise<Attempt> {
  const { ok, ...concluded } = await conclude(session, options, progress);
  if (ok) return { result: "succeeded", ...concluded };
  return { result: "failed", reason: "the release runs, and verify is not content", ...concluded };
}

function failed(failure: AppFailure): Attempt {
  const steps = failure.failed.map(
    ({ component = "the app", reason }) => `${component}: ${reason}`,
  );
  const reason = [`deployment ${failure.deployment} failed`, ...steps].join("; ");
  return { result: "failed", reason, findings: [], failure };
}

/** Makes the best of whatever ended an attempt: what was created stays, and the reason is said. */
async function afterFailure(
  { session, stacks, before }: Preparation,
  outcomes: StackOutcomes,
  error: unknown,
  progress: Progress,
): Promise<Attempt> {
  const last = finishing(session);
  const reasons = [messageOf(error), ...(await saveStates(last, progress))];
  for (const part of stackKinds) {
    if (outcomes[part] !== "failed" && outcomes[part] !== "interrupted") continue;
    await untaintStateful(last, stacks[part]).catch((second: unknown) => {
      reasons.push(`and ${stacks[part].name} may be left with taints: ${messageOf(second)}`);
    });
  }
  const reason = reasons.join("\n");
  if (error instanceof AbortError || session.interruption.aborted) {
    return { result: "interrupted", reason, findings: [] };
  }
  const findings = error instanceof PlanRefused ? error.findings : await findLeft(session);
  if (outcomes.app !== "failed") return { result: "failed", reason, findings };
  const failure = await failureSince(session, before).catch(() => undefined);
  return failure ? failed(failure) : { result: "failed", reason, findings };
}
