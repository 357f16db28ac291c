import type { Container } from "../../../programs/container.ts";
import type { App, Instance } from "../model.ts";

/** The deployment that an instance is of. */
export const deploymentOf = ({ deployments }: App, instance: Instance) =>
  deployments.find(({ id }) => id === instance.deployment);

/** Does to a container what is due by its instance's times. */
export function endInTime(container: Container, instance: Instance, now: number): void {
  const { terminated = Infinity, killed = Infinity } = instance;
  if (now >= killed) container.kill();
  else if (now >= terminated && !container.isEnding) container.terminate();
}
