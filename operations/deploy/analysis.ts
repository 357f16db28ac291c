import { inWords, lookReporter, whyNotKept } from "../analysis/text.ts";
import { readSignals } from "../analysis/reading.ts";
import { wallClock, watchRelease } from "../analysis/watch.ts";
import { analysisPlan } from "../platform/sparing/reading-plan.ts";
import { spared } from "../platform/sparing/spared.ts";
import type { Deployment, Knowing } from "./deployment.ts";
import type { DeploymentEnd } from "./end.ts";

/** Looks at what is red before anything is applied, where the release is watched: it is not held against it. */
export async function lookBefore({
  session,
  options,
  progress,
  before,
}: Knowing<"before">): Promise<Pick<Deployment, "levelsBefore">> {
  if (!options.analysis || !before) return {};
  const levelsBefore = await progress.step("looking at the service levels", () =>
    readSignals(session),
  );
  return { levelsBefore };
}

/**
 * Watches a release that runs and is verified, where somebody asked for it. One that turns red, or of which nothing is known, has
 * not succeeded. An interruption leaves it as it is.
 */
export async function watchIfAsked(
  deployment: Pick<
    Deployment,
    "session" | "options" | "progress" | "levelsBefore" | "running" | "end"
  >,
): Promise<{ readonly end?: DeploymentEnd }> {
  const { session, options, progress, levelsBefore: before, running, end } = deployment;
  if (!options.analysis || end?.result !== "succeeded") return {};
  const { seconds, time = wallClock } = options.analysis;
  const { session: sparing } = spared(session, analysisPlan, { now: () => time.now() * 1000 });
  const analysis = await progress.step(`watching it for ${inWords(seconds)}`, (tell, show) =>
    watchRelease({
      look: () => readSignals(sparing),
      ...{ seconds, time, before, deployment: running },
      interruption: session.interruption,
      seen: lookReporter(seconds, tell, show),
    }),
  );
  const reason = whyNotKept(analysis);
  return {
    end: { ...end, analysis, ...(reason === undefined ? {} : { result: "failed", reason }) },
  };
}
