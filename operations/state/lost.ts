import type { Session } from "../context/session.ts";
import { readLedger } from "../ledger/ledger.ts";
import { ledgerOf } from "../ledger/place.ts";
import { statePlaceOf } from "../state-place/place-of.ts";
import type { StateVersion } from "../state-place/place.ts";
import { UnreadableState, unreadableBecause } from "../state-place/unreadable.ts";
import { type AnyStack, possibleStacks, stackName } from "../terraform/stack-kinds.ts";
import { readState } from "../terraform/states.ts";
import { summarise } from "./summary.ts";
import { readVersion } from "./versions.ts";

/** A state that should stand and does not: nobody can read it, or it is gone though versions of it are kept. */
export interface LostState {
  readonly stack: string;
  /** Such as `it is empty`. */
  readonly problem: string;
  /** The line that brings it back. */
  readonly fix: string;
}

/**
 * The states of an environment that were lost. Terraform takes one that is gone or empty for that of a stack which was never
 * deployed, and would make everything again.
 *
 * A stack that was never deployed has lost none, and nor has one that was destroyed: Terraform leaves a state without
 * resources.
 */
export async function lostStates(session: Session): Promise<LostState[]> {
  const kinds = possibleStacks(session.environment.config);
  const found = await Promise.all(kinds.map((kind) => lookFor(session, kind)));
  return found.flatMap((lost) => lost ?? []);
}

/** @throws Error that names every state that was lost, with the line that brings it back. */
export async function refuseLostStates(session: Session): Promise<void> {
  const lost = await lostStates(session);
  if (lost.length === 0) return;
  const lines = lost.map(
    ({ stack, problem, fix }) => `The state of ${stack} is lost: ${problem}.\n  fix: ${fix}`,
  );
  throw new Error(
    [...lines, "Nothing was planned: Terraform would make everything again."].join("\n"),
  );
}

async function lookFor(session: Session, kind: AnyStack): Promise<LostState | undefined> {
  try {
    return (await readState(session, kind)) === undefined ? await gone(session, kind) : undefined;
  } catch (error) {
    if (!(error instanceof UnreadableState)) throw error;
    const newest = await newestKept(session, kind);
    return { ...named(session, kind), problem: error.problem, ...lineTo(session, kind, newest) };
  }
}

/** Of a stack that the history knows of, and whose newest version that is kept manages anything. */
async function gone(session: Session, kind: AnyStack): Promise<LostState | undefined> {
  if ((await readLedger(ledgerOf(session))).length === 0) return undefined;
  const newest = await newestKept(session, kind);
  if (!newest || newest.resources === 0) return undefined;
  const problem = `it is gone, and the version before it has ${newest.resources} resources`;
  return { ...named(session, kind), problem, ...lineTo(session, kind, newest) };
}

interface Kept {
  readonly version: StateVersion;
  readonly resources: number;
}

/** The newest version that can be read; undefined where there is none, or where no versions are kept. */
async function newestKept(session: Session, kind: AnyStack): Promise<Kept | undefined> {
  if (session.environment.config.state.backend.kind === "local") return undefined;
  const { stack } = named(session, kind);
  for (const version of await statePlaceOf(session).versions(stack)) {
    const text = await readVersion(session, kind, version.id);
    if (unreadableBecause(text) === undefined)
      return { version, resources: summarise(text).resources.length };
  }
  return undefined;
}

function lineTo(session: Session, kind: AnyStack, kept: Kept | undefined) {
  const { stack } = named(session, kind);
  const { name, state } = session.environment.config;
  if (kept && state.backend.kind === "spaces")
    return { fix: `mam state restore ${name} ${stack} ${kept.version.id}` };
  return { fix: statePlaceOf(session).wayBack(stack).replaceAll("<environment>", name) };
}

const named = ({ environment }: Session, kind: AnyStack) => ({
  stack: stackName(environment.config.name, kind),
});
