import { join } from "node:path";

import { minuteOf } from "../context/age.ts";
import { writeAtomically } from "../context/atomic-write.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { unreadableBecause } from "../state-place/unreadable.ts";
import { type AnyStack, stackName } from "../terraform/stack-kinds.ts";
import { prepare, pushState } from "../terraform/stack.ts";
import { readState } from "../terraform/states.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import { synthesiseStack } from "../terraform/synthesis.ts";
import { noVersion, otherLife, outcome, unreadable } from "./restore-text.ts";
import { overSpoiled } from "./spoiled.ts";
import { type StateSummary, summarise, withSerial } from "./summary.ts";
import { readVersion, stackNamed, stateVersions } from "./versions.ts";

/**
 * `mam state restore`: writes an older version of a state as the newest one, by Terraform itself and under its lock. The
 * platforms stay as they are, and the version that stood is kept: the way back is the same command.
 * What stands and is no state is written over without Terraform, which would have to read it.
 *
 * @throws NotConfigured when there is no such version, it cannot be read, or it is of another state's life.
 */
export async function restoreState(
  session: Session,
  { operands: [named = "", id = ""] }: { readonly operands: readonly string[] },
  progress: Progress,
): Promise<Outcome> {
  const kind = await stackNamed(session, named);
  const { name } = session.environment.config;
  const stack = stackName(name, kind);
  const versions = await stateVersions(session, kind);
  const wanted = versions.find((version) => version.id === id);
  if (!wanted) throw new NotConfigured(noVersion(name, stack, id));
  const text = await readVersion(session, kind, id);
  const problem = unreadableBecause(text);
  if (problem !== undefined) throw new NotConfigured(unreadable(name, stack, id, problem));
  if (wanted.stands) return outcome(name, { stack, wanted, forgotten: [], known: [] });
  const written = await progress.step(
    `writing the state of ${stack} of ${minuteOf(wanted.writtenAt)}`,
    async () => (await overSpoiled(session, stack, text)) ?? (await over(session, kind, id, text)),
  );
  return outcome(name, {
    stack,
    wanted,
    standing: versions.find(({ stands }) => stands),
    ...written,
  });
}

/** Writes an older state as the next one of the same life. */
async function over(session: Session, kind: AnyStack, id: string, text: string) {
  const older = summarise(text);
  const now = (await standingState(session, kind)) ?? { ...older, resources: [] };
  if (now.lineage !== older.lineage) {
    const stack = stackName(session.environment.config.name, kind);
    throw new NotConfigured(otherLife(stack, id));
  }
  const serial = Math.max(now.serial, older.serial) + 1;
  await push(session, kind, withSerial(text, serial));
  return {
    // Terraform counts the write itself once more.
    serial: (await standingState(session, kind))?.serial ?? serial,
    forgotten: without(now.resources, older.resources),
    known: without(older.resources, now.resources),
  };
}

async function standingState(session: Session, kind: AnyStack) {
  const text = await readState(session, kind);
  return text === undefined ? undefined : summarise(text);
}

const without = (all: StateSummary["resources"], those: StateSummary["resources"]) =>
  all.filter((address) => !those.includes(address));

async function push(session: Session, kind: AnyStack, text: string): Promise<void> {
  const stack = await synthesiseStack(session, kind);
  const runtime = terraformRuntime(session, stack);
  await prepare(stack, runtime);
  // The run's folder is its owner's alone, and goes with the session.
  const file = join(session.run().path, `${stack.name}.tfstate`);
  writeAtomically(file, text, 0o600);
  await pushState(stack, runtime, file);
}
