import type { ScenarioContext } from "../../../harness/scenario.ts";
import { atRest } from "../at-rest.ts";
import type { Act } from "./act.ts";
import { type Change, applyBeside } from "./apply.ts";
import type { Console } from "./console.ts";
import { askMam } from "./report.ts";
import { lineAbout, lineOf } from "./seen.ts";
import { whyUnseen } from "./unseen.ts";

/** A change, and what `mam` said about it. */
export interface Seen {
  /** What was changed, as people call it. */
  readonly about: string;
  readonly operation: string;
  readonly what: string;
  /** What said it; undefined where nothing did. */
  readonly line: string | undefined;
  /** Why nothing can say it, where that is known. */
  readonly why: string | undefined;
}

/** Makes as many changes as can stand side by side, does what is to be done beside them, and asks `mam`. */
export async function playRound(
  context: ScenarioContext,
  panel: Console,
  pending: readonly Change[],
  acts: readonly Act[],
): Promise<{ readonly made: readonly Change[]; readonly said: readonly Seen[] }> {
  const { sealedMam, expect } = context;
  const rest = () => atRest(context);
  const made = await applyBeside(panel, rest, pending);
  const refused: string[] = [];
  for (const act of acts) refused.push(...(await doAct(panel, act)));
  expect("the platform takes what people do", refused);
  await rest();
  const report = await askMam(sealedMam);
  const said = [
    ...made.map((change) => ({
      about: change.form.about,
      operation: change.form.operation,
      what: `${change.edit.field} ${change.edit.kind}${valueOf(change)}`,
      line: lineAbout(change, report),
      why: whyUnseen(change.form.operation, change.form.about, change.edit.pattern),
    })),
    ...acts.map((act) => ({
      about: "what people do there",
      operation: act.operation,
      what: act.about,
      line: lineOf(act, report),
      why: whyUnseen(act.operation, "", act.about),
    })),
  ];
  return { made, said };
}

const valueOf = ({ candidate }: Change) =>
  candidate === undefined ? "" : `, ${JSON.stringify(candidate).slice(0, 60)}`;

async function doAct(panel: Console, { before, operation, path, body }: Act): Promise<string[]> {
  if (before) await panel.ask(...before);
  const [method = ""] = operation.split(" ");
  const { status, body: answer } = await panel.ask(method, path, body);
  return status < 300 ? [] : [`${operation}: ${JSON.stringify(answer)}`];
}
