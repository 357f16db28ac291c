import { messageOf } from "@mam-infra/clients/message";

import { runChecks } from "../context/check.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { differingFiles } from "../deploy/differing-files.ts";
import { readHistory } from "../ledger/ledger.ts";
import { ledgerOf } from "../ledger/place.ts";
import { repositoryImages } from "../platform/registry.ts";
import { runningApp } from "../platform/running-app.ts";
import { imageChanges } from "../release/difference.ts";
import { readRelease, releaseFile, writeRelease } from "../release/release-file.ts";
import { promotionChecks } from "./checks.ts";
import { configurationDifferences } from "./differences.ts";
import { type KnownHistory, type Promotion, type Runs, chosenRelease } from "./promotion.ts";
import { type PromotionReport, renderPromotion, renderRefusal } from "./text.ts";

/** What is promoted, and how far. */
export interface PromotionOptions {
  /** Id of a release of the history; the newest one without it. */
  readonly release: string | undefined;
  /** Whether everything is looked at and nothing written. */
  readonly dryRun: boolean;
}

/**
 * Writes the images that verify accepted in one environment into the release file of another. Nothing is deployed.
 *
 * @param from the environment that they were tried in: only read.
 * @param to the environment whose file is written.
 * @throws NotConfigured without the credentials of the history or of the registry; the file then stays as it was.
 */
export async function promoteRelease(
  from: Session,
  to: Session,
  { release: named, dryRun }: PromotionOptions,
  progress: Progress,
): Promise<Outcome> {
  const promotion = await lookAt(from, to, named, progress);
  const checked = await runChecks(promotionChecks, promotion);
  const typed = (text: string) => text.replaceAll("<environment>", from.environment.config.name);
  const findings = checked.findings.map((one) => ({ ...one, fix: typed(one.fix) }));
  const release = chosenRelease(promotion);
  const before = promotion.to.release;
  const written = checked.ok && release !== undefined && !dryRun;
  if (written) writeRelease(to, { images: release.images });
  const report: PromotionReport = {
    from: from.environment.config.name,
    to: to.environment.config.name,
    file: releaseFile(to),
    release,
    changes: release ? imageChanges(before, release) : [],
    differences: configurationDifferences(from.environment.config, to.environment.config),
    findings,
    written,
  };
  const text = checked.ok ? renderPromotion(report) : renderRefusal(report);
  return { ok: checked.ok, data: { ...report, release: release ?? null }, text };
}

/** Asks everything that a promotion is judged by, side by side. */
async function lookAt(
  from: Session,
  to: Session,
  named: string | undefined,
  progress: Progress,
): Promise<Promotion> {
  const { config } = to.environment;
  const { services } = config;
  const repositories = [
    services.frontend,
    services.api,
    services.worker,
    services.edge,
    services.backup,
  ];
  return progress.step(`looking at what ${from.environment.config.name} runs`, async () => {
    const [history, runs, registry] = await Promise.all([
      historyOf(from),
      runningOf(from),
      repositoryImages(
        to.clients.digitalOcean(),
        repositories.map(({ repository }) => repository),
      ),
    ]);
    const known = { named, history, runs, registry };
    const release = chosenRelease(known);
    // What the settings say is the environments' own; what makes stacks of them is common to both.
    const differing = release && (await differingFiles(from, release, true));
    const target = { ...to.environment, release: readRelease(to) };
    return { ...known, from: from.environment, to: target, supplied: to.supplied, differing };
  });
}

/** The history, or why it cannot be read. @throws NotConfigured where only a credential is missing. */
async function historyOf(session: Session): Promise<KnownHistory> {
  try {
    return await readHistory(ledgerOf(session));
  } catch (error) {
    if (error instanceof NotConfigured) throw error;
    return { unreadable: messageOf(error) };
  }
}

async function runningOf(session: Session): Promise<Runs | undefined> {
  const active = (await runningApp(session))?.active_deployment;
  return active?.spec ? { deployment: active.id, spec: active.spec } : undefined;
}
