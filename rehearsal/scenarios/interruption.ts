import { columns } from "../../operations/context/columns.ts";
import { succeeded } from "../harness/commands.ts";
import { onFreshPlatforms } from "../harness/fresh-harness.ts";
import type { Scenario, ScenarioContext } from "../harness/scenario.ts";
import { momentOf, seedFrom } from "./interruption/moments.ts";
import { type Round, playRound } from "./interruption/round.ts";
import type { StrikeName } from "./interruption/strikes.ts";

/** What is struck how often: releases, and deployments from nothing. */
const suite: readonly {
  readonly strike: StrikeName;
  readonly release: number;
  readonly nothing: number;
}[] = [
  { strike: "SIGTERM", release: 15, nothing: 5 },
  { strike: "SIGKILL", release: 10, nothing: 10 },
  { strike: "SIGKILL of Terraform", release: 5, nothing: 5 },
];

/** Every round, in the order in which they are played. */
const rounds = suite.flatMap(({ strike, release, nothing }) => [
  ...Array.from({ length: release }, () => ({ strike, kind: "release" as const })),
  ...Array.from({ length: nothing }, () => ({ strike, kind: "nothing" as const })),
]);

/** How long a deployment takes that nobody interrupts, in milliseconds; the moments are fractions of it. */
interface Whole {
  nothing: number;
  release: number;
}

/** Further attempts at a moment: the machine may be faster than it was, and the deployment over before the signal. */
const attempts = 4;

/**
 * Random moments of a deployment: SIGTERM as from a CI job that somebody cancels, SIGKILL as from a machine that runs out
 * of memory, of `mam` and of Terraform itself.
 */
export const interruption: Scenario = {
  name: "interruption",
  title: "SIGTERM and SIGKILL at fifty random moments of mam deploy",
  after: [],
  onDemand: true,
  async play(context) {
    const { tell, expect, show } = context;
    const seed = seedFrom(process.env);
    const whole = await measure(context);
    const played: Round[] = [];
    for (const [number, { strike, kind }] of rounds.entries()) {
      if (context.interruption.aborted) return;
      tell(`seed ${seed}: ${number + 1} of ${rounds.length}`);
      const round = await strikeDuring(
        context,
        { strike, kind, moment: momentOf(seed, number) },
        whole,
      );
      played.push(round);
      expect(
        `${round.what}, ${strike} after ${round.seconds.toFixed(2)} s, ${round.phase}: what is left has its line, and the next deployment completes`,
        round.objections,
      );
    }
    show([`Struck at random moments, MAM_SEED=${seed}`, "", ...table(played)]);
  },
};

/** A round to be played. */
interface Planned {
  readonly strike: StrikeName;
  readonly kind: keyof Whole;
  /** A fraction of the whole deployment. */
  readonly moment: number;
}

/** Plays a round in which the signal really comes while something is deployed. */
async function strikeDuring(
  context: ScenarioContext,
  { strike, kind, moment }: Planned,
  whole: Whole,
): Promise<Round> {
  const play = kind === "release" ? strikeRelease : strikeFirstDeployment;
  let round = await play(context, strike, moment * whole[kind]);
  for (
    let attempt = 1;
    attempt < attempts && round.over && round.objections.length === 0;
    attempt += 1
  ) {
    whole[kind] = round.took;
    round = await play(context, strike, moment * whole[kind]);
  }
  return round;
}

/** Deploys without an interruption: what the moments are fractions of. */
async function measure({
  mam,
  sealedMam,
  releases,
  tell,
  expect,
}: ScenarioContext): Promise<Whole> {
  tell("a deployment from nothing and a release, uninterrupted");
  const timed = async (run: () => ReturnType<typeof mam.run>, what: string) => {
    const begun = performance.now();
    expect(`${what} ends well`, succeeded(await run()));
    return performance.now() - begun;
  };
  const nothing = await timed(() => mam.run("deploy", "--yes"), "a deployment from nothing");
  releases.write(releases.push());
  const release = await timed(() => sealedMam.run("deploy", "--yes"), "a release");
  return { nothing, release };
}

async function strikeRelease(
  context: ScenarioContext,
  strike: StrikeName,
  milliseconds: number,
): Promise<Round> {
  const { releases, sealedMam } = context;
  releases.write(releases.push());
  return playRound(context, sealedMam, { what: "a release", strike, milliseconds });
}

async function strikeFirstDeployment(
  { cloud, project, interruption: ending }: ScenarioContext,
  strike: StrikeName,
  milliseconds: number,
): Promise<Round> {
  return onFreshPlatforms(cloud.environment, project, ending, ({ context }) =>
    playRound(context, context.mam, { what: "from nothing", strike, milliseconds }),
  );
}

function table(played: readonly Round[]): string[] {
  return columns([
    ["", "deployment", "struck by", "after", "while", "exit", "lines", "result"],
    ...played.map(({ what, strike, seconds, phase, exitCode, lines, objections }, index) => [
      String(index + 1),
      what,
      strike,
      `${seconds.toFixed(2)} s`,
      phase,
      String(exitCode),
      String(lines.length),
      objections.length === 0 ? "the next one completes" : "not clean: see above",
    ]),
  ]);
}
