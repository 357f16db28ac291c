import { messageOf } from "@mam-infra/clients/message";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Finding } from "../context/finding.ts";
import type { Deployment } from "../deploy/deployment.ts";
import { bringMachines } from "../deploy/gpu.ts";
import { synthesiseGpu } from "../terraform/synthesis.ts";

/** What becomes of machines with a card in an emergency rollback, for whoever confirms it; empty where none is asked for. */
export function machinesAlong({ services }: Pick<EnvironmentConfig, "services">): string {
  const { gpu } = services.worker;
  if (!gpu) return "";
  const which = gpu.count === 1 ? "machine" : `${gpu.count} machines`;
  const how = gpu.count === 1 ? "" : ", one after the other";
  return `Its ${which} with a card ${gpu.count === 1 ? "is" : "are"} brought to it once the app is back${how}.\n`;
}

/**
 * Brings machines to the images that the app is back at: they read the same queue, and two releases would make previews. The
 * gate is not asked, as of the app. The app is back whatever becomes of them.
 *
 * @returns what stands in the way, with the line that goes on.
 */
export async function takeMachinesAlong(
  deployment: Pick<Deployment, "session" | "progress" | "entry">,
): Promise<Finding[]> {
  const { session } = deployment;
  const { name, services } = session.environment.config;
  if (!services.worker.gpu) return [];
  try {
    await bringMachines(deployment, await synthesiseGpu(session), () => Promise.resolve());
    return [];
  } catch (error) {
    return [
      {
        ...{ id: "machines-taken-along", severity: "warning" },
        resource: `machines with a card of ${name}`,
        expected: "the images that were gone back to",
        found: messageOf(error),
        fix: `mam deploy ${name}`,
      },
    ];
  }
}
