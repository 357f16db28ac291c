import type { ScenarioContext } from "../../harness/scenario.ts";
import type { Occupation } from "../../platform/people/crowd.ts";
import type { Film, Place } from "../../platform/people/editor.ts";
import type { FilmName } from "../../platform/films.ts";

/** A platform that runs, and what the steps of the scenario need to use it. */
export interface Stage extends ScenarioContext {
  readonly place: Place;
  /** Where the people of a crowd sign in. */
  readonly places: Occupation["places"];
  /** Where the films are, each by its name. */
  readonly directory: string;
  readonly films: Readonly<Record<FilmName, Film>>;
  /** Requests that people sent so far, and how many of them were refused. */
  readonly totals: { sent: number; refused: number };
}
