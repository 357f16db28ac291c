import { isDeepStrictEqual } from "node:util";

import { throwIfAborted } from "@mam-infra/clients/abort";

import { countedResults } from "../context/check.ts";
import type { Finding } from "../context/finding.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { type ObservedData, observeData } from "../platform/observed-data.ts";
import { CannotSeal } from "../secrets/seal.ts";
import { sealedPath } from "../secrets/sealed-file.ts";
import { sealEnvironment } from "../secrets/sealing.ts";
import type { StackKind } from "../terraform/stack-kinds.ts";
import type { KnownState } from "../verify/known.ts";
import { type Passwords, passwordsOf } from "../verify/passwords.ts";
import { verifiedBy } from "../verify/verified.ts";
import { runVerify } from "../verify/verify.ts";
import type { Deployment, Knowing, StackOutcomes } from "./deployment.ts";
import { awaitHosts } from "./domains.ts";
import type { DeploymentEnd } from "./end.ts";
import { applyInsights } from "./insights.ts";

/**
 * Ends a deployment whose release runs: seals what went out in clear, waits for hosts and certificates, makes the
 * dashboard, and verifies.
 *
 * A secret that cannot be sealed is a warning: the release runs, and the next deployment sends it in clear once more.
 *
 * @throws AbortError when the command is interrupted meanwhile.
 */
export async function finishRelease(
  deployment: Knowing<"history" | "before" | "known" | "outcomes" | "running">,
): Promise<{ readonly end: DeploymentEnd }> {
  const { session, progress, outcomes } = deployment;
  const mayBeClear = outcomes.app === "applied" || !session.environment.sealed;
  const { sealed, problem } = mayBeClear ? await seal(session, progress) : {};
  const after = sealed ? { ...session, environment: { ...session.environment, sealed } } : session;
  await progress.step("waiting for hosts and certificates", (tell) => awaitHosts(after, tell));
  throwIfAborted(session.interruption, "the release runs, and was not verified");
  const watching = await applyInsights(after, progress);
  throwIfAborted(session.interruption, "the release runs, and was not verified");
  const known = untouched(deployment.known, outcomes);
  const data = known.data ?? (await askData(after));
  const { entries } = deployment.history;
  const report = await verify(after, progress, { ...known, entries, ...(data ? { data } : {}) });
  const isNew = sealed && !isDeepStrictEqual(sealed, session.environment.sealed);
  const passwords = takenPasswords(deployment, data);
  return {
    end: {
      ...verdictOf(report.ok),
      verified: verifiedBy(report, new Date()),
      findings: [...(problem ? [problem] : []), ...watching, ...report.findings],
      ...(isNew ? { sealedFile: sealedPath(session) } : {}),
      ...(passwords ? { passwords } : {}),
    },
  };
}

function verdictOf(ok: boolean): Pick<DeploymentEnd, "result" | "reason"> {
  if (ok) return { result: "succeeded" };
  return { result: "failed", reason: "the release runs, and mam verify has findings" };
}

/** What is known of stacks that were not applied since. */
function untouched({ data, storage }: KnownState, outcomes: StackOutcomes): KnownState {
  const isSo = (kind: StackKind) => ["not planned", "unchanged"].includes(outcomes[kind]);
  return {
    ...(data && isSo("data") ? { data } : {}),
    ...(storage && isSo("storage") ? { storage } : {}),
  };
}

/** What stands of the data stack. Verify asks again, and says so, when there is no answer. */
async function askData({ clients, environment }: Session): Promise<ObservedData | undefined> {
  return observeData(clients.digitalOcean(), environment.config).catch(() => undefined);
}

async function verify(session: Session, progress: Progress, known: KnownState) {
  return progress.step("verifying", async (tell, show) => {
    const watch = ({ what }: { readonly what: string }) => {
      show(what);
    };
    const verified = await runVerify(session, watch, known);
    tell(countedResults(verified));
    return verified;
  });
}

/**
 * The passwords that a new deployment of the app took. Those which were there before it began are the safe side: one of
 * meanwhile counts as newer.
 */
function takenPasswords(
  { running, before, known }: Pick<Deployment, "running" | "before" | "known">,
  data: ObservedData | undefined,
): Passwords | undefined {
  if (running === before?.app.active_deployment?.id) return undefined;
  const passwords = (found: ObservedData | undefined) => (found ? passwordsOf(found) : {});
  return { ...passwords(data), ...passwords(known.data) };
}

async function seal(session: Session, progress: Progress) {
  try {
    return { sealed: await sealEnvironment(session, progress) };
  } catch (error) {
    if (!(error instanceof CannotSeal)) throw error;
    const { name } = session.environment.config;
    const problem: Finding = {
      id: "sealed",
      severity: "warning",
      resource: "secrets of the app",
      expected: "sealed",
      found: error.message,
      fix: `mam secrets seal ${name}`,
    };
    return { problem };
  }
}
