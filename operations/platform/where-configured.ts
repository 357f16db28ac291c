import { CheckSkipped } from "../context/check.ts";
import { NotConfigured } from "../context/credentials.ts";

/**
 * Does something that takes credentials which not everybody who verifies has.
 *
 * @throws CheckSkipped naming what is missing.
 */
export async function whereConfigured<T>(action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof NotConfigured)) throw error;
    const [first = ""] = error.message.split("\n");
    throw new CheckSkipped(first);
  }
}
