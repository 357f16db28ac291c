import type { PublicService } from "./levels.ts";
import type { OpenPage } from "./page.ts";
import type { Stage } from "../media/stage.ts";

/** A platform that runs and is used, to which something happens. */
export interface IncidentStage extends Stage {
  /** An asset with a preview, of the account that tells the story. */
  readonly watched: string;
  /** The page that somebody has open meanwhile. */
  readonly page: OpenPage;
}

/** Something that goes wrong, and what has to say so. */
export interface Incident {
  /** In a few words, as statements begin. */
  readonly name: string;
  /** What is done, for a reader of the table. */
  readonly cause: string;
  /** Whose service levels say so. */
  readonly service: PublicService;
  /** The objectives that are missed, by their names. */
  readonly objectives: readonly [string, ...string[]];
  /**
   * Lets it go wrong.
   *
   * @returns what ends it.
   */
  begin(stage: IncidentStage): Promise<() => Promise<void>>;
}
