import { NotConfigured } from "../context/credentials.ts";
import type { Session } from "../context/session.ts";
import { type StandingMachine, askMachines, hasMachines } from "../gpu/standing.ts";
import type { InstanceStatus } from "./instances.ts";

/**
 * Machines with a card, each as one instance that should run. Without the keys of storage or of the states nobody can ask
 * them, as the part about storage says too.
 */
export async function machineStatuses(session: Session, now: Date): Promise<InstanceStatus[]> {
  if (!(await hasMachines(session))) return [];
  try {
    return (await askMachines(session, now)).map(statusOf);
  } catch (error) {
    if (error instanceof NotConfigured) return [];
    throw error;
  }
}

function statusOf({ number, isAsked, isRunning, report }: StandingMachine): InstanceStatus {
  const count = isAsked ? 1 : 0;
  const onCpu = isRunning && report?.encoder === "cpu";
  return {
    component: `gpu ${number}`,
    configured: { minimum: count, maximum: count },
    desired: count,
    ready: isRunning ? 1 : 0,
    ...(onCpu ? { note: `on its CPU: ${report.reason ?? "no reason is given"}` } : {}),
  };
}
