import { columns } from "../../../operations/context/columns.ts";
import { releaseComparisons } from "../../../operations/verify/app.ts";
import { disagreements } from "../../../operations/verify/comparison.ts";
import { observe } from "../../../operations/platform/observed-state.ts";
import { endedWell } from "../../harness/commands.ts";
import { onFreshPlatforms } from "../../harness/fresh-harness.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { seedFrom } from "../interruption/moments.ts";
import { type Crossing, type Weathered, weather } from "./storm/weathered.ts";
import { type Wind, windsFrom } from "./storm/winds.ts";

/** Platforms that are overloaded, fail, are slow, hang up and forget, while something is deployed, released and rotated. */
export const storm: Scenario = {
  name: "storm",
  title:
    "429, 500 before and after the effect, slow, cut and stale answers at a deployment, a release, a rotation",
  after: [],
  onDemand: true,
  async play(context) {
    const { cloud, project, interruption, tell, show } = context;
    const seed = seedFrom(process.env);
    const weathered: Weathered[] = [];
    for (const wind of windsFrom(process.env)) {
      if (interruption.aborted) return;
      tell(`seed ${seed}: ${wind.what}`);
      await onFreshPlatforms(cloud.environment, project, interruption, async (harness) => {
        const fresh = { ...context, ...harness.context };
        weathered.push(...(await throughAll(fresh, wind, seed)));
      });
    }
    show([`In storms, MAM_SEED=${seed}`, "", ...table(weathered)]);
  },
};

/** A deployment from nothing, a release and a rotation, each in the same kind of storm. */
async function throughAll(
  context: ScenarioContext,
  wind: Wind,
  seed: string,
): Promise<readonly Weathered[]> {
  const { mam, sealedMam, releases } = context;
  const crossed: Weathered[] = [];
  const cross = async (crossing: Crossing, who = sealedMam) => {
    const one = await weather(context, who, crossing, wind, seed);
    crossed.push(one);
    const way = one.lines.length === 0 ? "" : ", by the lines that it prints";
    context.expect(
      `${crossing.what} goes through ${wind.what}${way}, and nothing stands twice or is lost`,
      one.objections,
    );
    context.expect(`${crossing.what} met ${wind.what}`, one.met > 0);
  };
  await cross({ what: "a deployment from nothing", run: (one) => one.run("deploy", "--yes") }, mam);
  const next = releases.push();
  releases.write(next);
  await cross({ what: "a release", run: (one) => one.run("deploy", "--yes") });
  await cross({
    what: "a rotation",
    run: (one) => one.run("secrets rotate", "storage-keys", "--yes"),
  });
  await holdWell(context, next, wind);
  return crossed;
}

async function holdWell(
  { cloud, api, sealedMam, expect }: ScenarioContext,
  release: ReturnType<ScenarioContext["releases"]["push"]>,
  { what }: Wind,
): Promise<void> {
  const { environment } = cloud;
  const found = await observe(api, environment.config);
  expect(
    `the release runs after ${what}`,
    disagreements(releaseComparisons({ ...environment, release }, found)),
  );
  const plan = await sealedMam.run("plan", "--detailed-exitcode");
  expect(`a plan finds nothing to change after ${what}`, endedWell(plan));
}

function table(weathered: readonly Weathered[]): string[] {
  return columns([
    ["storm", "command", "faults met", "exit", "lines", "result"],
    ...weathered.map(({ wind, what, met, exitCode, lines, objections }) => [
      wind.what,
      what,
      String(met),
      String(exitCode),
      String(lines.length),
      objections.length === 0 ? "goes through" : "does not: see above",
    ]),
  ]);
}
