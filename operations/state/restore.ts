import { join } from "node:path";

import { minuteOf } from "../context/age.ts";
import { writeAtomically } from "../context/atomic-write.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { StateVersion } from "../state-place/place.ts";
import { type AnyStack, stackName } from "../terraform/stack-kinds.ts";
import { prepare, pushState } from "../terraform/stack.ts";
import { readState } from "../terraform/states.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import { synthesiseStack } from "../terraform/synthesis.ts";
import { type StateSummary, summarise, withSerial } from "./summary.ts";
import { readVersion, stackNamed, stateVersions } from "./versions.ts";

/**
 * `mam state restore`: writes an older version of a state as the newest one, by Terraform itself and under its lock. The
 * platforms stay as they are, and the version that stood is kept: the way back is the same command.
 *
 * @throws NotConfigured when there is no such version, or it is of another state's life.
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
  if (wanted.stands) return outcome(name, { stack, wanted, forgotten: [], known: [] });
  const text = await readVersion(session, kind, id);
  const older = summarise(text);
  const now = (await standingState(session, kind)) ?? { ...older, resources: [] };
  if (now.lineage !== older.lineage) throw new NotConfigured(otherLife(stack, id));
  const serial = Math.max(now.serial, older.serial) + 1;
  await progress.step(`writing the state of ${stack} of ${minuteOf(wanted.writtenAt)}`, () =>
    push(session, kind, withSerial(text, serial)),
  );
  return outcome(name, {
    stack,
    wanted,
    standing: versions.find(({ stands }) => stands),
    // Terraform counts the write itself once more.
    serial: (await standingState(session, kind))?.serial ?? serial,
    forgotten: without(now.resources, older.resources),
    known: without(older.resources, now.resources),
  });
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

interface Restored {
  readonly stack: string;
  readonly wanted: StateVersion;
  readonly standing?: StateVersion | undefined;
  readonly serial?: number;
  /** Addresses that the state knew, and does not know any more. */
  readonly forgotten: readonly string[];
  /** Addresses that it knows again. */
  readonly known: readonly string[];
}

function outcome(environment: string, restored: Restored): Outcome {
  const { stack, wanted, standing, serial, forgotten, known } = restored;
  const data = { environment, stack, version: wanted.id, serial, forgotten, known };
  if (serial === undefined)
    return { ok: true, data, text: `That version of the state of ${stack} stands already.\n` };
  const lines = [
    `The state of ${stack} is that of ${minuteOf(wanted.writtenAt)}, as serial ${serial}. Nothing on the platforms was changed.`,
    ...list("It knows again:", known),
    ...list("It does not know any more, though it may stand:", forgotten),
    `Next: mam plan ${environment} shows what a deployment would do now.`,
    ...(standing ? [`Back: mam state restore ${environment} ${stack} ${standing.id}`] : []),
  ];
  return { ok: true, data, text: `${lines.join("\n")}\n` };
}

const list = (title: string, addresses: readonly string[]) =>
  addresses.length === 0 ? [] : [title, ...addresses.map((address) => `  ${address}`)];

const noVersion = (environment: string, stack: string, id: string) =>
  `There is no version ${id} of the state of ${stack}.\n  fix: mam state versions ${environment} ${stack}`;

const otherLife = (stack: string, id: string) =>
  [
    `Version ${id} is of another state's life than the one of ${stack} which stands: another lineage.`,
    "  It was made when the stack was deployed from nothing another time, and describes what was made then.",
    `  fix: choose a version of the same life; mam state versions lists all`,
  ].join("\n");
