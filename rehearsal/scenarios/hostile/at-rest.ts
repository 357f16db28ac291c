import type { ScenarioContext } from "../../harness/scenario.ts";

/** How long the platform is waited for, in minutes of its own time: a host that leads elsewhere never gets its certificate. */
const longest = 60;

/** Waits until nothing is on its way on the platform. */
export async function atRest({
  cloud,
  interruption,
}: Pick<ScenarioContext, "cloud" | "interruption">): Promise<void> {
  const isMoving = () => cloud.digitalOcean.store.schedule.length > 0;
  for (let minute = 0; minute < longest && isMoving() && !interruption.aborted; minute += 1) {
    await cloud.clock.sleep(60);
  }
}
