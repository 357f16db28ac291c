import { z } from "zod";

import { observe } from "../../../operations/platform/observed-state.ts";
import { description } from "../../conformance/description.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { snapshotStates } from "../../harness/states.ts";
import { atRest } from "./at-rest.ts";
import type { Act } from "./drift/act.ts";
import { actsOf } from "./drift/acts.ts";
import { type Change, tryForm } from "./drift/apply.ts";
import { Console } from "./drift/console.ts";
import { type Form, formsOf } from "./drift/forms.ts";
import { askMam } from "./drift/report.ts";
import { type Seen, playRound } from "./drift/round.ts";
import { isDeployed, onOwnPlatforms } from "./own-platforms.ts";
import { otherOperations } from "./drift/unseen.ts";

/** Every change that a person can make in the control panel is said, or is known not to be seen. */
export const drift: Scenario = {
  name: "drift",
  title:
    "every field that the control panel can change is changed: each is said, or known not to be",
  after: [],
  onDemand: true,
  play: onOwnPlatforms(playDrift),
};

async function playDrift(context: ScenarioContext): Promise<void> {
  const { cloud, api, sealedMam, tell, expect } = context;
  if (!(await isDeployed(context))) return;
  // Records and certificates of the hosts come minutes later.
  await atRest(context);
  await holdSilent(context);

  const { config } = cloud.environment;
  const state = await observe(api, config);
  const { zone } = config.domain;
  const panel = new Console(cloud);
  const forms = await formsOf(panel, { state, zone, addressOf: addressesOf(context) });
  const acts = actsOf(state, zone);
  holdComplete(context, forms, acts);
  tell(`trying every field of ${forms.length} forms`);
  const changes: Change[] = [];
  for (const form of forms) changes.push(...(await tryForm(cloud, panel, form)));
  expect("hundreds of changes are possible", changes.length > 300);
  const seen = await playAll({ ...context, sealedMam }, panel, changes, acts);
  holdSeen(context, seen);
}

/** After a deployment nothing may differ: whatever is said later is somebody's change. */
async function holdSilent({ sealedMam, expect }: ScenarioContext): Promise<void> {
  const { planned, verified, codes } = await askMam(sealedMam);
  expect("before that, mam drift and mam verify say nothing", [
    ...codes.filter((code) => code !== 0).map((code) => `exit code ${code}`),
    ...[...planned, ...verified].map(({ text }) => text),
  ]);
}

/** Operations of the description that change something are played here, or it is said where else. */
function holdComplete(
  { expect }: ScenarioContext,
  forms: readonly Form[],
  acts: readonly Act[],
): void {
  const played = new Set([...forms, ...acts].map(({ operation }) => operation));
  const changing = Object.keys(description.operations).filter((name) => !name.startsWith("GET "));
  const sinks = (name: string) => name.includes("/logsink/");
  expect(
    "every operation that changes something is played, or it is said where",
    changing.filter((name) => !played.has(name) && !(name in otherOperations) && !sinks(name)),
  );
}

/** Round after round: changes that can stand side by side together, until each was made. */
async function playAll(
  context: ScenarioContext,
  panel: Console,
  changes: readonly Change[],
  acts: readonly Act[],
): Promise<readonly Seen[]> {
  const { cloud, interruption, tell } = context;
  const back = cloud.digitalOcean.keep();
  const seen: Seen[] = [];
  let pending = changes.filter((change) => whenOf(change) === "beside");
  const rounds = ["beside", "taken away"] as const;
  for (let count = 0; pending.length > 0 && !interruption.aborted; count += 1) {
    tell(`round ${count + 1}: ${pending.length} changes are left`);
    const beside = acts.filter(({ when }) => when === rounds[count]);
    const { made, said } = await playRound(context, panel, pending, beside);
    back();
    seen.push(...said);
    if (made.length === 0) break;
    pending = pending.filter((one) => !made.includes(one));
  }
  context.expect(
    "every change that is possible was made",
    pending.map(({ form, edit }) => `${form.about}: ${edit.field} ${edit.kind}`),
  );
  for (const when of ["renamed", "by itself", "last"] as const) {
    tell(`what is ${when === "renamed" ? when : `done ${when}`}`);
    const alone = changes.filter((change) => whenOf(change) === when);
    const these = acts.filter((act) => act.when === when);
    const { said } = await playRound(context, panel, alone, these);
    back();
    seen.push(...said);
  }
  return seen;
}

/** When a change is made: an app of another name is not found, and nothing that is only seen in it. */
function whenOf({ form, edit }: Change): "beside" | "renamed" | "by itself" {
  if (edit.field === "spec.name") return "renamed";
  return form.byItself === true ? "by itself" : "beside";
}

function holdSeen({ expect, show }: ScenarioContext, seen: readonly Seen[]): void {
  for (const about of new Set(seen.map((one) => one.about))) {
    const these = seen.filter((one) => one.about === about);
    expect(
      `changes of ${about} are said, or known not to be`,
      these
        .filter(({ line, why }) => line === undefined && why === undefined)
        .map(({ what, operation }) => `silent: ${what} (${operation})`),
    );
  }
  expect(
    "what is known not to be seen is not",
    seen
      .filter(({ line, why }) => line !== undefined && why !== undefined)
      .map(({ about, what, line = "" }) => `${about}: ${what} is said by ${line}`),
  );
  const by = (begin: string) => seen.filter(({ line }) => line?.startsWith(begin)).length;
  show([
    `${seen.length} changes in the control panel: ${by("plan")} are said by a plan, ${by("verify")} by verify alone, ${seen.filter(({ line }) => line === undefined).length} are known not to be seen.`,
  ]);
}

const instances = z.array(
  z.looseObject({ attributes: z.looseObject({ id: z.union([z.string(), z.number()]) }) }),
);

/** Addresses by the ids in the states. */
function addressesOf({ cloud }: ScenarioContext): (id: string | number) => string | undefined {
  const addresses = new Map(
    [...snapshotStates(cloud)].flatMap(([key, text]) =>
      instances
        .parse(JSON.parse(text))
        .map(({ attributes }) => [String(attributes.id), key.split(":")[1] ?? ""] as const),
    ),
  );
  return (id) => addresses.get(String(id));
}
