import type { ScenarioContext } from "../../harness/scenario.ts";

/** Waits until nothing is on its way on the platform, in virtual time. */
export async function atRest({
  cloud,
  interruption,
}: Pick<ScenarioContext, "cloud" | "interruption">): Promise<void> {
  const isMoving = () => {
    const { apps, databases, schedule } = cloud.digitalOcean.store;
    return (
      schedule.length > 0 ||
      databases.some(
        ({ status, upgrading_to: next }) => status !== "online" || next !== undefined,
      ) ||
      apps.some(({ deployments }) => deployments.some(({ stage }) => stage !== "over"))
    );
  };
  while (isMoving() && !interruption.aborted) await cloud.clock.sleep(60);
}
