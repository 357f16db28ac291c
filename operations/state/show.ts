import { ageOf } from "../context/age.ts";
import { columns } from "../context/columns.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import { nameOf } from "../platform/held-locks.ts";
import { statePlaceOf } from "../state-place/place-of.ts";
import { presentStacks } from "../terraform/present-stacks.ts";
import { type AnyStack, anyStacks, stackName } from "../terraform/stack-kinds.ts";
import { readStoredState } from "../terraform/states.ts";
import { type JudgedLock, adviceOn, describeJudged, judgedLocks } from "./judged-locks.ts";
import { type LostState, lostStates } from "./lost.ts";
import { type StateSummary, summarise } from "./summary.ts";

interface ShownLock {
  readonly id: string;
  readonly holder: string;
  readonly since?: string;
  /** Release whose Terraform took it; undefined where the history does not know it. */
  readonly release?: string;
  /** Whether its run goes on, as far as it is known. */
  readonly life: JudgedLock["life"];
}

interface ShownState extends Partial<Omit<StateSummary, "resources">> {
  readonly stack: string;
  /** How many resources it manages; undefined for a stack that was never deployed. */
  readonly resources?: number;
  /** What is wrong with a state that should stand, and does not. */
  readonly lost?: string;
  /** ISO 8601; undefined where the file system keeps it. */
  readonly writtenAt?: string | undefined;
  readonly lock?: ShownLock;
}

/**
 * `mam state show`: the states of an environment, and who holds their locks. Reads, and changes nothing; not ok where a state
 * was lost.
 */
export async function showStates(session: Session): Promise<Outcome> {
  const { name, state } = session.environment.config;
  const [lost, locks] = await Promise.all([lostStates(session), judgedLocks(session)]);
  const isLost = (kind: AnyStack) => lost.some(({ stack }) => stack === stackName(name, kind));
  const isLocked = (kind: AnyStack) =>
    locks.some(({ held }) => held.stack === stackName(name, kind));
  const present = isLost("gpu") ? anyStacks : await presentStacks(session);
  const kinds = anyStacks.filter((kind) => present.includes(kind) || isLocked(kind));
  const states = await Promise.all(kinds.map((kind) => look(session, kind, lost)));
  const shown = states.map((one) => withLock(one, locks));
  const { backend } = state;
  const hints = [
    ...lost.map(({ stack, problem, fix }) => `  ${stack}: ${problem}: ${fix}\n`),
    ...locks.map((one) => `  ${describeJudged(one)}: ${adviceOn(name, one)}\n`),
  ];
  return {
    ok: lost.length === 0,
    data: { environment: name, backend: backend.kind, states: shown },
    text: `States of ${name}, in ${statePlaceOf(session).called}\n${table(shown)}\n${hints.join("")}`,
  };
}

async function look(
  session: Session,
  kind: AnyStack,
  lost: readonly LostState[],
): Promise<ShownState> {
  const stack = stackName(session.environment.config.name, kind);
  const found = lost.find((one) => one.stack === stack);
  if (found) return { stack, lost: found.problem };
  const stored = await readStoredState(session, kind);
  if (!stored) return { stack };
  const { resources, ...rest } = summarise(stored.text);
  return { stack, ...rest, resources: resources.length, writtenAt: stored.writtenAt };
}

function withLock(state: ShownState, locks: readonly JudgedLock[]): ShownState {
  const found = locks.find(({ held }) => held.stack === state.stack);
  if (!found) return state;
  const { held, taken, life } = found;
  const { Who, Operation, Created } = held.lock ?? {};
  const holder = Who === undefined ? "somebody" : `${Who} (${Operation ?? "something"})`;
  return {
    ...state,
    lock: {
      id: nameOf(held),
      holder,
      life,
      ...(taken && { release: taken.release }),
      ...(Created !== undefined && { since: Created }),
    },
  };
}

function table(states: readonly ShownState[]): string {
  const now = new Date();
  const rows = states.map(({ stack, lost, serial, resources, terraform, writtenAt, lock }) => [
    `  ${stack}`,
    lost ? "lost" : serial === undefined ? "never deployed" : `serial ${serial}`,
    resources === undefined ? "" : `${resources} resources`,
    terraform === undefined ? "" : `Terraform ${terraform}`,
    writtenAt === undefined ? "" : `${ageOf(new Date(writtenAt), now)} ago`,
    lock ? `locked by ${lock.holder}${sinceOf(lock.since, now)}` : "free",
  ]);
  return columns(rows).join("\n");
}

const sinceOf = (since: string | undefined, now: Date) =>
  since === undefined ? "" : ` for ${ageOf(new Date(since), now)}`;
