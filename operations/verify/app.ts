import type { Environment } from "../../environments/loading/load.ts";
import { backupImage } from "../../constructs/app/backup-image.ts";
import { imageNames } from "../../environments/schema/environment.ts";
import { imagesOf } from "../platform/deployments.ts";
import type { Comparison } from "./comparison.ts";
import type { ObservedState } from "../platform/observed-state.ts";

/** Whether the release is what runs: the digests of the active deployment, and no deployment under way or pinned. */
export function releaseComparisons(
  environment: Environment,
  observed: ObservedState,
): Comparison[] {
  return [...imageComparisons(environment, observed), ...deploymentComparisons(observed)];
}

/** The image of each component in the active deployment, beside the release file. */
export function imageComparisons(
  { config, release }: Environment,
  { app }: Pick<ObservedState, "app">,
): Comparison[] {
  const running = app?.active_deployment ? imagesOf(app.active_deployment) : {};
  return imageNames.map((name) => ({
    resource: `the running image of ${name}`,
    expected: name === "backup" ? backupImage({ config, release }) : release.images[name],
    found: running[name],
  }));
}

/** Whether the active deployment is active, and nothing is on its way to take its place. */
export function deploymentComparisons({ app }: Pick<ObservedState, "app">): Comparison[] {
  const coming = [app?.in_progress_deployment, app?.pending_deployment].filter((one) => !!one);
  return [
    {
      resource: "the active deployment's phase",
      expected: "ACTIVE",
      found: app?.active_deployment?.phase ?? undefined,
    },
    {
      resource: "deployments under way",
      expected: [],
      found: coming.map(({ id, phase }) => `${id} ${phase ?? ""}`.trim()),
      fix: "wait until it has ended; mam status shows what becomes of it",
    },
  ];
}
