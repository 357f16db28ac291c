import type { Environment } from "../../environments/loading/load.ts";
import { imageNames } from "../../environments/schema/environment.ts";
import { type PlatformDeployment, areImages, imagesOf } from "../platform/deployments.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { RunningApp } from "../platform/running-app.ts";
import type { Part } from "./part.ts";

/** An image that runs. */
interface RunningImage {
  readonly component: string;
  /** Undefined for a component that does not run, or not by digest. */
  readonly digest: string | undefined;
  readonly isReleased: boolean;
}

/** What runs. */
export interface Running {
  /** Id of the app's active deployment; undefined while nothing serves. */
  readonly deployment: string | undefined;
  /** Since when it does, ISO 8601. */
  readonly since: string | undefined;
  /** The release of the ledger that it is; undefined when none is known. */
  readonly release: string | undefined;
  readonly images: readonly RunningImage[];
  /** Deployment that is under way, and its phase. */
  readonly underWay: string | undefined;
  /** Deployment that the app is pinned to. */
  readonly pinned: string | undefined;
  /** Whether it shows its maintenance page. */
  readonly maintained: boolean;
}

/** What runs, as the platform tells it; undefined before the first deployment. */
export function runningStatus(
  { release }: Environment,
  app: RunningApp | undefined,
  ledger: Part<readonly LedgerEntry[]>,
): Running | undefined {
  if (!app) return undefined;
  const { active_deployment: active, pinned_deployment: pinned } = app;
  const images = active ? imagesOf(active) : {};
  return {
    deployment: active?.id,
    since: active?.updated_at ?? undefined,
    release: releaseOf(active, ledger),
    images: imageNames
      .filter((name) => name !== "backup" || images[name])
      .map((component) => ({
        component,
        digest: images[component],
        isReleased: images[component] === release.images[component],
      })),
    underWay: underWay(app),
    pinned: pinned?.id,
    maintained: isMaintained(app),
  };
}

/** Whether an app shows its maintenance page instead of itself. */
export function isMaintained(app: RunningApp | undefined): boolean {
  return app?.spec.maintenance?.enabled === true;
}

function underWay(app: RunningApp): string | undefined {
  const coming = app.in_progress_deployment ?? app.pending_deployment;
  return coming ? [coming.id, coming.phase].filter(Boolean).join(" ") : undefined;
}

/** The release that a deployment is of: the one that made it, or else the newest with the same images. */
function releaseOf(
  active: PlatformDeployment | null | undefined,
  ledger: Part<readonly LedgerEntry[]>,
): string | undefined {
  if (!active || ledger.state !== "known") return undefined;
  const images = imagesOf(active);
  const entry =
    ledger.value.findLast(({ deployment }) => deployment === active.id) ??
    ledger.value.findLast((one) => areImages(images, one));
  return entry?.id;
}
