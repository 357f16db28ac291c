import { staging } from "../../../../environments/staging.ts";
import { imagesOfRelease } from "../../../../environments/schema/release.ts";
import type { EnvironmentInput } from "../../../../environments/schema/environment.ts";
import { runChecks } from "../../../../operations/context/check.ts";
import type { Finding } from "../../../../operations/context/finding.ts";
import type { LedgerEntry } from "../../../../operations/ledger/entry.ts";
import type { History } from "../../../../operations/ledger/history.ts";
import { promotionChecks } from "../../../../operations/promote/checks.ts";
import type { Promotion } from "../../../../operations/promote/promotion.ts";
import { anEnvironment, releaseWithBackup } from "../../../support/environments.ts";
import { everySecret } from "../../../support/recorded/environment.ts";
import { anObservedState } from "../../../support/recorded/platform.ts";
import { entryOf } from "../../ledger/entries.ts";

/** Images that production has. */
export const older = {
  ...releaseWithBackup.images,
  api: `sha256:${"9".repeat(64)}`,
};

/** The release that verify accepted in staging. */
export const accepted = entryOf("20261124-100000-0001", {
  images: releaseWithBackup.images,
  deployment: "the deployment",
  commit: "51e07b3aa8c4",
  verified: { at: "2026-11-24T10:05:00.000Z", passed: 61, warned: 1, failed: 0, skipped: [] },
});

/** A history that can be read. */
export function historyOf(...entries: readonly LedgerEntry[]): History {
  return { entries, certain: entries, oddities: [] };
}

/** Days on which the registry got images. */
const [earlier, later] = ["2026-11-20T10:00:00Z", "2026-11-23T10:00:00Z"];

/** A promotion that nothing speaks against. */
export function aPromotion(changed: Partial<Promotion> = {}, source = staging): Promotion {
  const from = { ...anEnvironment(source), release: releaseWithBackup };
  const to = { ...anEnvironment(), release: { images: older } };
  const { app } = anObservedState(from);
  if (!app) throw new Error("no app is observed");
  return {
    from,
    to,
    named: undefined,
    history: historyOf(accepted),
    runs: { deployment: "the deployment", spec: app.spec },
    registry: registryOf(from.config),
    supplied: everySecret,
    differing: [],
    ...changed,
  };
}

function registryOf({ services }: Promotion["from"]["config"]): Promotion["registry"] {
  const images = imagesOfRelease(releaseWithBackup.images).map(([name, digest]) => {
    const before = name === "api" ? [{ digest: older.api, updated_at: earlier }] : [];
    return [services[name].repository, [{ digest, updated_at: later }, ...before]] as const;
  });
  return new Map(images);
}

/** The target with another description of it. */
export function into(input: EnvironmentInput): Pick<Promotion, "to"> {
  return { to: { ...anEnvironment(input), release: { images: older } } };
}

/** What speaks against a promotion. */
export async function findingsOf(promotion: Promotion): Promise<readonly Finding[]> {
  return (await runChecks(promotionChecks, promotion)).findings;
}
