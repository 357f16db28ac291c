import { ageOf } from "../context/age.ts";
import { columns } from "../context/columns.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import { type HeldLock, heldLocks, nameOf } from "../platform/held-locks.ts";
import { statePlaceOf } from "../state-place/place-of.ts";
import { type StackKind, stackKinds, stackName } from "../terraform/stack-kinds.ts";
import { readStoredState } from "../terraform/states.ts";
import { type StateSummary, summarise } from "./summary.ts";

interface ShownState extends Partial<Omit<StateSummary, "resources">> {
  readonly stack: string;
  /** How many resources it manages; undefined for a stack that was never deployed. */
  readonly resources?: number;
  /** ISO 8601; undefined where the file system keeps it. */
  readonly writtenAt?: string | undefined;
  readonly lock?: { readonly id: string; readonly holder: string; readonly since?: string };
}

/** `mam state show`: the states of an environment, and who holds their locks. Reads, and changes nothing. */
export async function showStates(session: Session): Promise<Outcome> {
  const { name, state } = session.environment.config;
  const [locks, states] = await Promise.all([
    heldLocks(session),
    Promise.all(stackKinds.map((kind) => look(session, kind))),
  ]);
  const shown = states.map((one) => withLock(one, locks));
  const { backend } = state;
  const held = shown.filter(({ lock }) => lock);
  const hints = held.map(
    ({ lock }) => `  if its run is dead: mam state unlock ${name} ${lock?.id ?? ""}\n`,
  );
  return {
    ok: true,
    data: { environment: name, backend: backend.kind, states: shown },
    text: `States of ${name}, in ${statePlaceOf(session).called}\n${table(shown)}\n${hints.join("")}`,
  };
}

async function look(session: Session, kind: StackKind): Promise<ShownState> {
  const stack = stackName(session.environment.config.name, kind);
  const stored = await readStoredState(session, kind);
  if (!stored) return { stack };
  const { resources, ...rest } = summarise(stored.text);
  return { stack, ...rest, resources: resources.length, writtenAt: stored.writtenAt };
}

function withLock(state: ShownState, locks: readonly HeldLock[]): ShownState {
  const held = locks.find(({ stack }) => stack === state.stack);
  if (!held) return state;
  const { Who, Operation, Created } = held.lock ?? {};
  const holder = Who === undefined ? "somebody" : `${Who} (${Operation ?? "something"})`;
  return {
    ...state,
    lock: { id: nameOf(held), holder, ...(Created !== undefined && { since: Created }) },
  };
}

function table(states: readonly ShownState[]): string {
  const now = new Date();
  const rows = states.map(({ stack, serial, resources, terraform, writtenAt, lock }) => [
    `  ${stack}`,
    serial === undefined ? "never deployed" : `serial ${serial}`,
    resources === undefined ? "" : `${resources} resources`,
    terraform === undefined ? "" : `Terraform ${terraform}`,
    writtenAt === undefined ? "" : `${ageOf(new Date(writtenAt), now)} ago`,
    lock ? `locked by ${lock.holder}${sinceOf(lock.since, now)}` : "free",
  ]);
  return columns(rows).join("\n");
}

const sinceOf = (since: string | undefined, now: Date) =>
  since === undefined ? "" : ` for ${ageOf(new Date(since), now)}`;
