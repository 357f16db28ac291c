/** Something that the walk found to hold, or not. */
export interface Statement {
  readonly statement: string;
  readonly held: boolean;
  /** What contradicts it; none means that it holds. */
  readonly objections: readonly string[];
}

/** What a check of a statement comes to: nothing when it holds, else what contradicts it. */
export type Objections = readonly (string | false | undefined)[];

/** Collects statements, and tells each as soon as it is known. */
export class Statements {
  readonly all: Statement[] = [];
  readonly #tell: (statement: Statement) => void;

  constructor(tell: (statement: Statement) => void) {
    this.#tell = tell;
  }

  /** States something that was checked. */
  state(statement: string, ...objections: Objections): void {
    const against = objections.filter((objection) => typeof objection === "string");
    const one = { statement, held: against.length === 0, objections: against };
    this.all.push(one);
    this.#tell(one);
  }

  /**
   * States something that a part of the way shows by being possible. What goes wrong contradicts it, and ends the way:
   * what follows stands on it.
   */
  async by<Result>(statement: string, way: () => Promise<Result>): Promise<Result> {
    try {
      const result = await way();
      this.state(statement);
      return result;
    } catch (error) {
      this.state(statement, error instanceof Error ? error.message : String(error));
      throw new WayEnds(statement, { cause: error });
    }
  }
}

/** The walk cannot go on; its last statement says why. */
export class WayEnds extends Error {
  override readonly name = "WayEnds";
}
