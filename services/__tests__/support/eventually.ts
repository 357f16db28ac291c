import { setTimeout as delay } from "node:timers/promises";

/** Waits until something holds; the test's own time limit ends it otherwise. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(10);
}
