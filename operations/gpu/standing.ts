import { AbortError } from "@mam-infra/clients/abort";

import { machineNumbers } from "../../constructs/gpu/names.ts";
import type { Session } from "../context/session.ts";
import { presentStacks } from "../terraform/present-stacks.ts";
import { type Machine, standingMachines } from "./machines.ts";
import { type MachineReport, isRecent, readReport } from "./report.ts";

/** A machine that is asked for or stands, and what its worker says. */
export interface StandingMachine {
  readonly number: number;
  readonly isAsked: boolean;
  /** Undefined where the state has none. */
  readonly machine: Machine | undefined;
  /** Undefined where it never said anything. */
  readonly report: MachineReport | undefined;
  /** Whether it said something lately. */
  readonly isRunning: boolean;
}

/**
 * Whether machines are asked for or some still stand. Where the states cannot be read, without their credentials or while their
 * place is down, only what is asked for is known: the rest of an environment is looked at all the same.
 */
export async function hasMachines(session: Session): Promise<boolean> {
  try {
    return (await presentStacks(session)).includes("gpu");
  } catch (error) {
    if (error instanceof AbortError) throw error;
    return session.environment.config.services.worker.gpu !== undefined;
  }
}

/** Every machine that is asked for or stands, side by side with what its worker says. */
export async function askMachines(session: Session, now: Date): Promise<StandingMachine[]> {
  const asked = machineNumbers(session.environment.config);
  const standing = await standingMachines(session);
  const numbers = [...new Set([...asked, ...standing.map(({ number }) => number)])];
  return Promise.all(
    numbers
      .toSorted((one, other) => one - other)
      .map(async (number): Promise<StandingMachine> => {
        const machine = standing.find((one) => one.number === number);
        const report = machine && (await readReport(session, machine.droplet));
        const isRunning = report !== undefined && isRecent(report, now);
        return { number, isAsked: asked.includes(number), machine, report, isRunning };
      }),
  );
}
