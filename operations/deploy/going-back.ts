import type { LedgerEntry } from "../ledger/entry.ts";
import { lastGood } from "../ledger/ledger.ts";
import type { Blame } from "../ledger/settings.ts";
import { releaseFile, writeRelease } from "../release/release-file.ts";
import type { Deploy, DeploymentResult } from "./deployment.ts";
import { type Recorded, recordOrSay } from "./record.ts";
import { besidesImages, imagesAreNotAll } from "./take-back.ts";
import { renderNext, renderResult } from "./text.ts";

/** A deployment whose app failed, and what there is to go back to. */
export interface Failed extends Recorded {
  readonly blame: Blame | undefined;
  readonly next: string | undefined;
}

/**
 * Deploys the last good release after one that failed, without a question. Both are recorded.
 *
 * @param deploy how an environment is deployed.
 */
export async function goBack(
  { session, options, progress, history, entry: failed, end, lost, blame, next }: Failed,
  deploy: Deploy,
): Promise<DeploymentResult> {
  const { environment } = session;
  const text = `${renderResult(environment, failed, end)}${lost}`;
  const { entries } = history;
  const target = blame?.images === false ? undefined : lastGood(entries, environment.release);
  if (!target) {
    const rest = renderNext(environment.config.name, end, next);
    const { findings } = end;
    return { ok: false, entry: failed, findings, text: `${text}${whyNot(blame)}${rest}` };
  }
  const release = { images: target.images };
  writeRelease(session, release);
  const { overrides, all } = options;
  const back = await deploy(
    { ...session, environment: { ...environment, release } },
    {
      ...{ kind: "rollback", overrides, all, rollbackOnFailure: false },
      confirm: () => Promise.resolve(true),
    },
    progress,
  );
  const entry: LedgerEntry = back.ok ? { ...failed, result: "rolled back" } : failed;
  const lostToo = back.ok ? await recordOrSay(session, entry) : "";
  const heading = `\nGoing back to the images of release ${target.id}; ${releaseFile(session)} says so too:\n`;
  const others = back.ok ? await besidesImages(session, target, failed) : [];
  const rest = imagesAreNotAll(target, others);
  return { ...back, ok: false, entry, text: `${text}${heading}${back.text}${lostToo}${rest}` };
}

function whyNot(blame: Blame | undefined): string {
  return blame
    ? "No rollback was made.\n"
    : "There is no other good release in the ledger to go back to.\n";
}
