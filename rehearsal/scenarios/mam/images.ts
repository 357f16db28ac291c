import { type Release, imagesOfRelease } from "../../../environments/schema/release.ts";
import { releaseComparisons } from "../../../operations/verify/app.ts";
import { disagreements } from "../../../operations/verify/comparison.ts";
import { observe } from "../../../operations/platform/observed-state.ts";
import type { ScenarioContext } from "../../harness/scenario.ts";

/** A release as the operands of `mam release`. */
export function operandsOf({ images }: Release): string[] {
  return imagesOfRelease(images).map(([name, digest]) => `${name}=${digest}`);
}

/** States that a release is what runs, what the release file says, and that nothing is pinned. */
export async function holdThatRuns(
  { cloud, api, releases, expect }: ScenarioContext,
  release: Release,
  what: string,
): Promise<void> {
  const { environment } = cloud;
  const found = await observe(api, environment.config);
  const running = disagreements(releaseComparisons({ ...environment, release }, found));
  expect(`${what} runs`, running);
  const written = JSON.stringify(releases.current()) === JSON.stringify(release);
  expect(`the release file says that ${what} runs`, written);
  expect("nothing is pinned", found.app?.pinned_deployment ? ["a deployment is pinned"] : []);
}
