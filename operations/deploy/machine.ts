import type { AccessKey } from "@mam-infra/clients/aws-sdk";
import { throwIfAborted } from "@mam-infra/clients/abort";
import { messageOf } from "@mam-infra/clients/message";

import { bootstrapVariable, machineName } from "../../constructs/gpu/names.ts";
import { paceOf } from "../context/platform-time.ts";
import type { Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { layBundle } from "../gpu/bundle-place.ts";
import { machineBundle } from "../gpu/bundle.ts";
import { machineAddress, standingMachines } from "../gpu/machines.ts";
import { readReport } from "../gpu/report.ts";
import { poll } from "../context/polling.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import { plan } from "../terraform/stack.ts";
import type { StackFolder } from "../terraform/synthesis.ts";
import { applySaved } from "./apply.ts";

/** How long a machine may take from its first boot until its worker says what it is, in seconds. */
const reportSeconds = 10 * 60;

/** A machine that is made now. */
export interface NewMachine {
  readonly stack: StackFolder;
  readonly number: number;
  /** The storage key that it works with. */
  readonly key: AccessKey;
  /** Release that it is made for. */
  readonly release: string;
}

/**
 * Makes a machine, in the place of the one that stands. That one is shut down first, so that its worker gives back what it
 * was making; the others go on. What the new one has to know lies ready for it until it has reported in.
 *
 * @throws Error when it does not report in; it is taken back.
 */
export async function makeMachine(
  session: Session,
  machine: NewMachine,
  tell: Tell,
): Promise<void> {
  const begun = new Date();
  const before = await dropletOf(session, machine.number);
  const laid = await layBundle(session, await machineBundle(session, machine.key));
  try {
    const address = machineAddress(machine.number);
    const again = before === undefined ? [] : [`-replace=${address}`];
    await applyTo(knowing(session, laid.address), machine, again, tell);
    tell("waiting for its report");
    await awaitReport(session, machine, begun);
  } finally {
    await laid.remove();
  }
}

async function dropletOf(session: Session, number: number): Promise<string | undefined> {
  const standing = await standingMachines(session);
  return standing.find((one) => one.number === number)?.droplet;
}

/** A session whose Terraform is told where the bundle lies. */
function knowing(session: Session, address: string): Session {
  const variables = { ...session.variables, [`TF_VAR_${bootstrapVariable}`]: address };
  return { ...session, variables };
}

/** Plans and applies one machine, and what it needs. */
async function applyTo(
  session: Session,
  { stack, number, release }: NewMachine,
  flags: readonly string[],
  tell: Tell,
): Promise<void> {
  throwIfAborted(session.interruption, `machine ${number} was not begun`);
  const target = `-target=${machineAddress(number)}`;
  const saved = await plan(stack, terraformRuntime(session, stack), { flags: [target, ...flags] });
  if (saved.changes) await applySaved(session, release, { stack, saved, toTheEnd: false }, tell);
}

/** Waits until a machine says that it is what was asked for. @throws Error when it does not; it is taken back. */
async function awaitReport(session: Session, machine: NewMachine, begun: Date): Promise<void> {
  const { number } = machine;
  const droplet = await dropletOf(session, number);
  const what = `a report of ${machineName(session.environment.config, number)} (Droplet ${droplet ?? "unknown"})`;
  const { worker } = session.environment.release.images;
  const hasCome = async () => {
    const report = droplet === undefined ? undefined : await readReport(session, droplet);
    const isNew = report && Date.parse(report.at) >= begun.getTime();
    return isNew && report.digest === worker ? report : undefined;
  };
  const limitSeconds = reportSeconds * paceOf(session.endpoints);
  try {
    await poll(hasCome, { what, limitSeconds, interruption: session.interruption });
  } catch (error) {
    throwIfAborted(session.interruption, `${what} was not waited for: deploy again`);
    await takeBack(session, droplet);
    throw new Error(
      `${messageOf(error)}: it was taken back, and is made again by the next deployment. The release runs`,
      { cause: error },
    );
  }
}

/**
 * Destroys a machine that is of no use and billed. By the API and not by Terraform, which would take with it what stands
 * beside the other machines; the next plan sees that it is gone.
 */
async function takeBack(session: Session, droplet: string | undefined): Promise<void> {
  if (droplet === undefined) return;
  const api = session.clients.finishing().digitalOcean();
  await api.call("deleteDroplet", { droplet_id: droplet });
}
