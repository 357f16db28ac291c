import { displayPath, type PathStep } from "./path.ts";

/** A value that does not have the shape its type asks for: a mistake in the embedded provider. */
export class ShapeError extends Error {
  override name = "ShapeError";
  /** What is wrong, without where. */
  readonly problem: string;
  /** The way to what is wrong; empty for the value as a whole. */
  readonly path: readonly PathStep[];

  constructor(problem: string, path: readonly PathStep[] = []) {
    super(path.length === 0 ? problem : `${displayPath(path)}: ${problem}`);
    this.problem = problem;
    this.path = path;
  }
}

/**
 * Does something with a part of a value.
 *
 * @throws ShapeError with the step to the part put before its path.
 */
export function within<T>(step: PathStep, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new ShapeError(error.problem, [step, ...error.path]);
  }
}
