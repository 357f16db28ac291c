import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import type { LedgerEntry } from "../../operations/ledger/entry.ts";
import type { Scenario } from "../harness/scenario.ts";
import { startLoad } from "../platform/people/load.ts";
import { pushFailing } from "./analysis/failing-release.ts";
import { releaseAndWatch } from "./analysis/watched.ts";
import { holdThatRuns } from "./mam/images.ts";
import { firstFilm } from "./media/first-film.ts";
import { onStage } from "./media/on-stage.ts";
import type { Stage } from "./media/stage.ts";
import { onRealPlatform } from "./real-platform.ts";

/** What `mam deploy --analyse` makes of a good release and of a faulty one, on a platform that people use. */
export const analysis: Scenario = {
  name: "analysis",
  title: "a good release is watched and kept, one with 5 % errors is taken back",
  after: [],
  onDemand: true,
  play: (context) =>
    onRealPlatform(context, (fresh, parts) => onStage(fresh, parts, releasesWhilePeopleWork), {
      change: quicker,
    }),
};

/**
 * Requests are judged over half a minute instead of five, so that nobody waits. How quick the answers of this machine are is not
 * what is played.
 */
const quick = {
  windowSeconds: 30,
  leastRequests: 20,
  apiP95Milliseconds: 10_000,
  firstByteMilliseconds: 10_000,
} as const;

const quicker = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  monitoring: { ...input.monitoring, objectives: { ...input.monitoring?.objectives, ...quick } },
});

async function releasesWhilePeopleWork(stage: Stage): Promise<void> {
  const { releases, tell, expect, show } = stage;
  const load = startLoad(stage.place, await firstFilm(stage));
  try {
    const good = releases.push();
    tell("a good release, watched for a minute");
    const kept = await releaseAndWatch(stage, good, "60s");
    expect("a release without errors ends well", kept.exitCode === 0 || [kept.said]);
    expect(
      "it was watched to the end, and is kept",
      kept.analysis?.outcome === "kept" || [JSON.stringify(kept.analysis)],
    );
    await holdThatRuns(stage, good, "the good release");

    tell("a release with 5 % errors, watched for three minutes");
    const failing = pushFailing(stage, good);
    const back = await releaseAndWatch(stage, failing, "3m");
    expect("a release with 5 % errors is a failure", back.exitCode === 1 || [back.said]);
    stateTakenBack(stage, back);
    await holdThatRuns(stage, good, "the good release again");
    show([
      `Turned red after ${back.analysis?.seconds ?? "?"} s of 180, by ${JSON.stringify(back.analysis?.red)}; the good release ran again ${back.seconds.toFixed(0)} s after the command began.`,
    ]);
  } finally {
    await load.end();
  }
}

function stateTakenBack(
  { expect }: Stage,
  { analysis: seen, results, log }: Awaited<ReturnType<typeof releaseAndWatch>>,
): void {
  expect(
    "it turned red within its time, and the history says by what value",
    isErrorRate(seen) || [JSON.stringify(seen), log],
  );
  const last = results.slice(-2);
  const wanted = ["deployment rolled back", "rollback succeeded"];
  expect(
    "the history says that it was taken back, and what runs instead",
    JSON.stringify(last) === JSON.stringify(wanted) || [last.join(", ")],
  );
}

/** Whether it turned red in time, by the error rate of the API. */
function isErrorRate(seen: LedgerEntry["analysis"]): boolean {
  if (seen?.outcome !== "turned red" || seen.seconds >= 180) return false;
  const { observed, threshold } = seen.red.find(({ name }) => name === "api error-rate") ?? {};
  return (observed ?? 0) > (threshold ?? Infinity);
}
