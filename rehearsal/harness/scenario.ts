import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { PlayedProject } from "./changed-project.ts";
import type { Mam } from "./mam.ts";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";
import type { Releases } from "./releases.ts";
import type { Stacks } from "./stacks.ts";

/** What a scenario has to play with. */
export interface ScenarioContext {
  readonly cloud: RehearsalCloud;
  /** What is deployed: this checkout, or one that keeps its states elsewhere. */
  readonly project: PlayedProject;
  /** The customer's commands, with every secret supplied, as for a first deployment. */
  readonly stacks: Stacks;
  /** The same commands where only sealed secrets are known, as in a pull request. */
  readonly sealedStacks: Stacks;
  /** `mam` with every secret supplied, as for a first deployment. */
  readonly mam: Mam;
  /** `mam` where only sealed secrets are known, as in a later CI job. */
  readonly sealedMam: Mam;
  /** The API as a person's own tools see it. */
  readonly api: DigitalOcean;
  readonly releases: Releases;
  /** Ends the rehearsal early; a scenario that goes on for minutes looks at it. */
  readonly interruption: AbortSignal;
  /** Says what goes on, for a person who watches. */
  readonly tell: (progress: string) => void;
  /**
   * States what must hold, and reports whether it does. The scenario goes on either way, so that one run shows everything
   * that is wrong.
   *
   * @param objections what contradicts the statement; none means that it holds.
   */
  readonly expect: (statement: string, objections: readonly string[] | boolean) => void;
  /**
   * Says that the scenario cannot be played on this machine, and returns. It then counts neither as held nor as failed;
   * where `MAM_REQUIRE_ENGINES` is set, as in the automatic checks, it has failed.
   *
   * @param reason what is missing, with the line that mends it.
   */
  readonly skip: (reason: string) => void;
  /** Shows lines at the end of the rehearsal, such as a table: for what a statement is too short for. */
  readonly show: (lines: readonly string[]) => void;
}

/** One scenario of a rehearsal. */
export interface Scenario {
  /** Name on the command line. */
  readonly name: string;
  /** What it plays, in one sentence. */
  readonly title: string;
  /** Acts that have to be played before, by name. */
  readonly after: readonly string[];
  /** Whether it is played only when it is named, because it takes minutes or installs programs; default: no. */
  readonly onDemand?: boolean;
  play(context: ScenarioContext): Promise<void>;
}

/** A statement of a scenario, and whether it held. */
export interface Statement {
  readonly statement: string;
  readonly held: boolean;
  /** What contradicts it. */
  readonly objections: readonly string[];
}
