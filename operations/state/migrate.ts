import { isDeepStrictEqual } from "node:util";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { afterOthers } from "../state-place/place.ts";
import { statePlaceOf } from "../state-place/place-of.ts";
import { ledgerOf } from "../ledger/place.ts";
import { heldLocks, nameOf } from "../platform/held-locks.ts";
import { presentStacks } from "../terraform/present-stacks.ts";
import { type AnyStack, possibleStacks, stackName } from "../terraform/stack-kinds.ts";
import { readState } from "../terraform/states.ts";
import { type Moved, machinesStay, outcome, refusal, samePlace } from "./migrate-text.ts";
import { summarise } from "./summary.ts";

type Backend = EnvironmentConfig["state"]["backend"];

/** What is to be moved, read and compared before anything is written. */
interface Move {
  readonly kind: AnyStack;
  readonly text: string;
  /** Whether the new place has it. */
  readonly isThere: boolean;
}

/**
 * `mam state migrate`: copies the states and the history of an environment from where they were to where its file says
 * now, and compares them. Nothing is deleted, and no platform is changed; it goes on where it was interrupted.
 *
 * @throws NotConfigured with every reason why it must not be done; nothing was written then.
 */
export async function migrateStates(
  session: Session,
  { from }: { readonly from: string },
  progress: Progress,
): Promise<Outcome> {
  const { config } = session.environment;
  const old = elsewhere(session, backendOf(from, config.state.backend));
  if (isDeepStrictEqual(old.environment.config.state.backend, config.state.backend))
    throw new NotConfigured(samePlace(config.name, from));
  const { moves, history } = await progress.step("reading both places", () =>
    compare(session, old),
  );
  const moved: Moved[] = [];
  for (const move of moves) {
    const stack = stackName(config.name, move.kind);
    const written = !move.isThere;
    if (written) await progress.step(`writing ${stack}`, () => write(session, move));
    const { serial, resources } = summarise(move.text);
    moved.push({ stack, serial, resources: resources.length, written });
  }
  if (history.isMissing) await writeHistory(session, history.text);
  return outcome(config.name, old, moved);
}

/** The place that a word on the command line names. @throws NotConfigured for one that is none */
function backendOf(from: string, now: Backend): Backend {
  if (from === "local") return { kind: "local" };
  if (!from.startsWith("hcp:")) return { kind: "spaces", bucket: from };
  const [, organization, workspacePrefix] = /^hcp:([\w-]+)\/([\w-]*)$/.exec(from) ?? [];
  if (organization === undefined || workspacePrefix === undefined)
    throw new NotConfigured(
      `${from} names no place.\n  fix: hcp:<organization>/<what stands before the stack's name in the workspace's>`,
    );
  const { project, execution, plan } =
    now.kind === "hcp" ? now : ({ project: "", execution: "local", plan: "free" } as const);
  return { kind: "hcp", organization, workspacePrefix, project, execution, plan };
}

/** The session as it would be if the states lay elsewhere. */
function elsewhere(session: Session, backend: Backend): Session {
  const { environment } = session;
  const { config } = environment;
  const state = { ...config.state, backend };
  return { ...session, environment: { ...environment, config: { ...config, state } } };
}

async function compare(session: Session, old: Session) {
  const { name } = session.environment.config;
  const [locks, states, before, now] = await Promise.all([
    heldLocks(old),
    presentStacks(old).then((kinds) =>
      Promise.all(kinds.map((kind) => compareState(session, old, kind))),
    ),
    ledgerOf(old).read(),
    ledgerOf(session).read(),
  ]);
  const isOther = before && now && before.text !== now.text;
  const problems = [
    ...locks.map(
      (lock) => `the state of ${lock.stack} is locked in the old place (${nameOf(lock)})`,
    ),
    ...states.flatMap(({ problem }) => problem ?? []),
    ...(isOther ? [`the new place has another history: ${ledgerOf(session).place}`] : []),
  ];
  const moves = states.flatMap(({ move }) => move ?? []);
  if (moves.length === 0 && problems.length === 0)
    problems.push(`no state of ${name} is there: --from names no place that it was deployed to`);
  if (problems.length > 0) throw new NotConfigured(refusal(name, problems));
  return { moves, history: { text: before?.text ?? "", isMissing: Boolean(before && !now) } };
}

async function compareState(session: Session, old: Session, kind: AnyStack) {
  const [text, standing] = await Promise.all([readState(old, kind), readState(session, kind)]);
  if (text === undefined) return {};
  const { config } = session.environment;
  if (!possibleStacks(config).includes(kind)) return { problem: machinesStay(config.name) };
  if (standing === undefined) return { move: { kind, text, isThere: false } };
  if (isSame(text, standing)) return { move: { kind, text, isThere: true } };
  const stack = stackName(config.name, kind);
  return { problem: `the new place has another state of ${stack}` };
}

/**
 * The same resources and outputs, with every attribute. Serial and lineage are not compared: Terraform counts the one, and
 * gives another of the other when it moves a state itself (1.11.4).
 */
function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => {
    const { resources, outputs } = JSON.parse(text) as Record<string, unknown>;
    return { resources, outputs };
  });
  return isDeepStrictEqual(first, second);
}

/**
 * Writes a state where there is none, as it is. Not by `terraform state push`, which gives it another lineage there
 * (1.11.4): then nothing could tell that both are the same.
 */
async function write(session: Session, { kind, text }: Move): Promise<void> {
  const stack = stackName(session.environment.config.name, kind);
  await statePlaceOf(session).create(stack, text);
  const written = await readState(session, kind);
  if (written !== undefined && isSame(written, text)) return;
  throw new Error(
    `the state of ${stack} in the new place is not the one that was written: somebody else writes there${afterOthers}`,
  );
}

async function writeHistory(session: Session, text: string): Promise<void> {
  const store = ledgerOf(session);
  if (await store.replace(text, undefined)) return;
  throw new Error(
    `${store.place} was written by somebody else meanwhile; it was left as it is${afterOthers}`,
  );
}
