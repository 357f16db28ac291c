import { columns } from "../stage/columns.ts";
import { succeeded } from "../stage/commands.ts";
import { onFreshPlatforms } from "../stage/fresh-theatre.ts";
import type { Act, Stage } from "./act.ts";
import { momentOf, seedFrom } from "./interruption/moments.ts";
import { type Round, playRound } from "./interruption/round.ts";

/** Interrupted releases, and interrupted deployments from nothing. */
const rounds = { release: 15, nothing: 5 };

/** How long a deployment takes that nobody interrupts, in milliseconds; the moments are fractions of it. */
interface Whole {
  nothing: number;
  release: number;
}

/** Further attempts at a moment: the machine may be faster than it was, and the deployment over before the signal. */
const attempts = 4;

/** SIGTERM at twenty random moments of a deployment: as from a CI job that somebody cancels. */
export const interruption: Act = {
  name: "interruption",
  title: "SIGTERM at twenty random moments of mam deploy",
  after: [],
  async play(stage) {
    const { tell, holds, show } = stage;
    const seed = seedFrom(process.env);
    const whole = await measure(stage);
    const played: Round[] = [];
    for (let number = 0; number < rounds.release + rounds.nothing; number += 1) {
      if (stage.interruption.aborted) return;
      tell(`seed ${seed}: ${number + 1} of ${rounds.release + rounds.nothing}`);
      const kind = number < rounds.release ? "release" : "nothing";
      const round = await interruptAt(stage, kind, momentOf(seed, number), whole);
      played.push(round);
      holds(
        `${round.what}, SIGTERM after ${round.seconds.toFixed(2)} s, ${round.phase}: nothing is left behind, and the next deployment completes`,
        round.objections,
      );
    }
    show([`SIGTERM at random moments, MAM_SEED=${seed}`, "", ...table(played)]);
  },
};

/** Plays a round in which the signal really comes while something is deployed. */
async function interruptAt(
  stage: Stage,
  kind: keyof Whole,
  moment: number,
  whole: Whole,
): Promise<Round> {
  const play = kind === "release" ? interruptRelease : interruptFirstDeployment;
  let round = await play(stage, moment * whole[kind]);
  for (
    let attempt = 1;
    attempt < attempts && round.over && round.objections.length === 0;
    attempt += 1
  ) {
    whole[kind] = round.took;
    round = await play(stage, moment * whole[kind]);
  }
  return round;
}

/** Deploys without an interruption: what the moments are fractions of. */
async function measure({ mam, sealedMam, releases, tell, holds }: Stage): Promise<Whole> {
  tell("a deployment from nothing and a release, uninterrupted");
  const timed = async (run: () => ReturnType<typeof mam.run>, what: string) => {
    const begun = performance.now();
    holds(`${what} ends well`, succeeded(await run()));
    return performance.now() - begun;
  };
  const nothing = await timed(() => mam.run("deploy", "--yes"), "a deployment from nothing");
  releases.write(releases.push());
  const release = await timed(() => sealedMam.run("deploy", "--yes"), "a release");
  return { nothing, release };
}

async function interruptRelease(stage: Stage, milliseconds: number): Promise<Round> {
  const { releases, sealedMam } = stage;
  releases.write(releases.push());
  return playRound(stage, sealedMam, "a release", milliseconds);
}

async function interruptFirstDeployment(
  { cloud, interruption: ending }: Stage,
  milliseconds: number,
): Promise<Round> {
  return onFreshPlatforms(cloud.environment, ending, ({ stage }) =>
    playRound(stage, stage.mam, "from nothing", milliseconds),
  );
}

function table(played: readonly Round[]): string[] {
  return columns([
    ["", "deployment", "SIGTERM after", "while", "exit", "result"],
    ...played.map(({ what, seconds: after, phase, exitCode, objections }, index) => [
      String(index + 1),
      what,
      `${after.toFixed(2)} s`,
      phase,
      String(exitCode),
      objections.length === 0 ? "clean, and the next one completes" : "not clean: see above",
    ]),
  ]);
}
