import { isDeepStrictEqual } from "node:util";

import { countedResults } from "../context/check.ts";
import type { Finding } from "../context/finding.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { CannotSeal } from "../secrets/seal.ts";
import { sealedPath } from "../secrets/sealed-file.ts";
import { sealEnvironment } from "../secrets/sealing.ts";
import { throwIfAborted } from "@mam-infra/clients/abort";
import { type ObservedData, observeData } from "../platform/observed-data.ts";
import type { Known } from "../verify/known.ts";
import { type Passwords, passwordsOf } from "../verify/passwords.ts";
import { runVerify } from "../verify/verify.ts";
import { awaitHosts } from "./domains.ts";

/** What was found out about a release that runs. */
export interface Conclusion {
  /** The sealed file, when it says something else now. */
  readonly sealedFile?: string;
  readonly findings: readonly Finding[];
  /** Fingerprints of the passwords that the databases' users have; none when the platform does not say. */
  readonly passwords: Passwords;
  /** Whether nothing is wrong. */
  readonly ok: boolean;
}

/** How a deployment ends. */
export interface ConclusionOptions {
  /** Whether secrets may have gone out in clear. */
  readonly sealing: boolean;
  /** What verify need not ask again. */
  readonly known: Known;
}

/**
 * Ends a deployment whose release runs: seals what went out in clear, and verifies.
 *
 * A secret that cannot be sealed is a warning: the release runs, and the next deployment sends it in clear once more.
 */
export async function conclude(
  session: Session,
  { sealing, known }: ConclusionOptions,
  progress: Progress,
): Promise<Conclusion> {
  const { sealed, problem } = sealing ? await seal(session, progress) : {};
  const after = sealed ? { ...session, environment: { ...session.environment, sealed } } : session;
  await progress.step("waiting for hosts and certificates", (tell) => awaitHosts(after, tell));
  throwIfAborted(session.interruption, "the release runs, and was not verified");
  const data = known.data ?? (await askData(after));
  const report = await progress.step("verifying", async (tell, show) => {
    const watch = ({ what }: { readonly what: string }) => {
      show(what);
    };
    const verified = await runVerify(after, watch, { ...known, ...(data ? { data } : {}) });
    tell(countedResults(verified));
    return verified;
  });
  const findings = [...(problem ? [problem] : []), ...report.findings];
  const isNew = sealed && !isDeepStrictEqual(sealed, session.environment.sealed);
  const passwords = data ? passwordsOf(data) : {};
  return {
    findings,
    passwords,
    ok: report.ok,
    ...(isNew ? { sealedFile: sealedPath(session) } : {}),
  };
}

/** What stands of the data stack. Verify asks again, and says so, when there is no answer. */
async function askData({ clients, environment }: Session): Promise<ObservedData | undefined> {
  return observeData(clients.digitalOcean(), environment.config).catch(() => undefined);
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
