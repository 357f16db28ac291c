import type { SlotState, SlottedName } from "../../../environments/schema/rotation.ts";
import type { Progress } from "../../context/progress.ts";
import type { Session } from "../../context/session.ts";
import { throwIfAborted } from "@mam-infra/clients/abort";
import type { Turn } from "./kind.ts";
import { kindOf } from "./kinds.ts";
import { contentOf } from "./names.ts";
import { type RotationRequest, type RotationStep, planRotation } from "./plan.ts";
import { reloaded, withStates } from "./rotation-file.ts";
import { withValues, withoutOldValues } from "./supplied-values.ts";
import { withRetired } from "../retired/retired-file.ts";
import { type Stage, after, begun, dayOf, retiring } from "./stages.ts";

/** What a rotation is done with. */
export interface RotationTools {
  /**
   * Deploys the environment as its files say, and seals it.
   *
   * @param reason why, for the ledger.
   * @throws Error when it does not run afterwards.
   */
  readonly deploy: (session: Session, reason: string, progress: Progress) => Promise<void>;
  readonly now: () => Date;
}

/** Thrown when a rotation cannot go on. What was done stays done; the same command goes on from there. */
export class RotationStopped extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RotationStopped";
  }
}

/**
 * Rotates secrets as far as was asked. Each stage is written into the rotation file before anything is done for it, and
 * left when the platforms say that all of it holds: interrupted anywhere, the same request goes on where it was.
 *
 * @returns the session with what the files say now.
 * @throws RotationStopped when a stage does not hold; AbortError between two stages.
 */
export async function rotate(
  session: Session,
  request: RotationRequest,
  tools: RotationTools,
  progress: Progress,
): Promise<Session> {
  let now = withoutOldValues(session, request.names);
  for (const step of planRotation(session.environment, request, tools.now())) {
    throwIfAborted(session.interruption, `stage ${step.stage} was not begun`);
    now = await goThrough(now, step, request, tools, progress);
  }
  return now;
}

async function goThrough(
  session: Session,
  step: RotationStep,
  request: RotationRequest,
  tools: RotationTools,
  progress: Progress,
): Promise<Session> {
  const { stage, turns } = step;
  await unlessObstacles(session, stage, turns);
  const entered = changedStates(session, turns, entering(stage, request, tools));
  const replaced = turns.flatMap(
    (turn) => kindOf(turn.name)[stage].replaces?.(session, turn) ?? [],
  );
  const inStage = await withRetired(withStates(session, entered), replaced, dayOf(tools.now()));
  const values = await progress.step(`rotation, stage ${stage}`, (tell) => {
    for (const change of step.changes) tell(change);
    return prepared(inStage, stage, turns);
  });
  const supplied = withValues(inStage, values);
  if (step.deploys) {
    const early = request.withoutWaiting;
    const reason = stage === "retire" && early !== undefined ? `, without waiting: ${early}` : "";
    const title = `secrets rotate, ${stage}: ${contents(session, turns)}`;
    await tools.deploy(supplied, `${title}${reason}`, progress);
  }
  const deployed = reloaded(inStage);
  await unlessObjections(deployed, stage, turns, values);
  return withStates(
    deployed,
    changedStates(deployed, turns, (state) => after(state, stage, tools.now())),
  );
}

/** The state of a secret that enters a stage; one that is in it already stays as it is. */
function entering(stage: Stage, { withoutWaiting }: RotationRequest, { now }: RotationTools) {
  return (state: SlotState): SlotState => {
    if (stage === "fill") return begun(state, now());
    return stage === "retire" && state.rotation?.stage === "wait"
      ? retiring(state, withoutWaiting)
      : state;
  };
}

function changedStates(
  { environment: { rotation } }: Session,
  turns: readonly Turn[],
  change: (state: SlotState) => SlotState,
): Partial<Record<SlottedName, SlotState>> {
  return Object.fromEntries(turns.map(({ name }) => [name, change(rotation[name])]));
}

async function unlessObstacles(session: Session, stage: Stage, turns: readonly Turn[]) {
  const obstacles = await Promise.all(
    turns.map(async (turn) => kindOf(turn.name)[stage].obstacle?.(session, turn)),
  );
  const found = obstacles.filter((one) => one !== undefined);
  if (found.length === 0) return;
  const { name } = session.environment.config;
  throw new RotationStopped(
    `What runs is not what the files say, so nothing is replaced:\n${lines(found)}  fix: mam deploy ${name}, then the same command again`,
  );
}

async function prepared(session: Session, stage: Stage, turns: readonly Turn[]) {
  const values: Record<string, string> = {};
  for (const turn of turns) {
    Object.assign(values, await kindOf(turn.name)[stage].prepare(session, turn));
  }
  return values;
}

async function unlessObjections(
  session: Session,
  stage: Stage,
  turns: readonly Turn[],
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const objections = await Promise.all(
    turns.map((turn) => kindOf(turn.name)[stage].objection(session, turn, values)),
  );
  const found = objections.filter((one) => one !== undefined);
  if (found.length === 0) return;
  throw new RotationStopped(
    `Stage ${stage} does not hold yet:\n${lines(found)}  fix: the same command again goes through this stage once more`,
  );
}

function contents({ environment: { config } }: Session, turns: readonly Turn[]): string {
  return turns.map(({ name, slot }) => `${name} (${contentOf(config, name, slot)})`).join(", ");
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `  ${text}\n`).join("");
}
