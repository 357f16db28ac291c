import type { Release } from "../../../environments/schema/release.ts";
import { componentNames } from "../../../environments/schema/environment.ts";
import { releaseComparisons } from "../../../operations/verify/app.ts";
import { disagreements } from "../../../operations/verify/comparison.ts";
import { survey } from "../../../operations/platform/survey.ts";
import type { Stage } from "../../harness/scenario.ts";

/** A release as the operands of `mam release`. */
export function operandsOf({ images }: Release): string[] {
  return componentNames.map((name) => `${name}=${images[name]}`);
}

/** States that a release is what runs, what the release file says, and that nothing is pinned. */
export async function holdThatRuns(
  { cloud, api, releases, holds }: Stage,
  release: Release,
  what: string,
): Promise<void> {
  const { environment } = cloud;
  const found = await survey(api, environment.config);
  const running = disagreements(releaseComparisons({ ...environment, release }, found));
  holds(`${what} runs`, running);
  const written = JSON.stringify(releases.current()) === JSON.stringify(release);
  holds(`the release file says that ${what} runs`, written);
  holds("nothing is pinned", found.app?.pinned_deployment ? ["a deployment is pinned"] : []);
}
