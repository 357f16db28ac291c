import { setTimeout as sleep } from "node:timers/promises";

import { resourceName } from "../../../constructs/naming.ts";
import type { Incident, IncidentStage } from "./incident.ts";
import { type SeenLevels, type SeenObjective, lookAtLevels } from "./levels.ts";
import { problemsOf } from "./status.ts";

/** What an incident took, in seconds of the wall clock. */
export interface Course {
  readonly incident: Incident;
  /** What was missed, with its value and threshold. */
  readonly missed: readonly SeenObjective[];
  /** From its beginning until its objectives are missed, until the alert is told, and until the page shows it. */
  readonly red: number | undefined;
  readonly told: number | undefined;
  readonly shown: number | undefined;
  /** From the beginning of its end until everything is met, and until the alert says so. */
  readonly green: number | undefined;
  readonly over: number | undefined;
}

/** Seconds in which anything has to be seen: longer than the longest window of any objective. */
const patience = 180;

/** Milliseconds between two looks: a client address may look once in a second. */
const pause = 1500;

/** Seconds for which each instance gives the same answer about its levels, and a little more. */
const sameAnswer = 6;

/**
 * Lets something go wrong while people work, and states what has to say so, and that it is over when it is over.
 */
export async function playIncident(stage: IncidentStage, incident: Incident): Promise<Course> {
  const { tell, expect } = stage;
  const { name, service } = incident;
  tell(`${name}: ${incident.cause}`);
  const before = await until(stage, () => levelsAre(stage, incident, isGreen));
  expect(`${name}: before it ${service} meets its objectives`, before !== undefined);
  const mark = deliveries(stage, incident).length;
  const beginning = incident.begin(stage);
  const [seen, end] = await Promise.all([watchBeginning(stage, incident, mark), beginning]);
  await sleep(sameAnswer * 1000);
  await stateProblems(stage, incident);

  tell(`${name}: the end of it`);
  const [after] = await Promise.all([watchEnd(stage, incident, mark), end()]);
  await sleep(sameAnswer * 1000);
  const left = (await problemsOf(stage)).filter((problem) => isAbout(problem, incident));
  expect(`${name}: mam status no longer names it`, left);
  return { incident, ...seen, ...after };
}

/** Waits until the objectives are missed and the alert is told, while it goes on to go wrong. */
async function watchBeginning(stage: IncidentStage, incident: Incident, mark: number) {
  const begun = performance.now();
  const red = await until(stage, () => levelsAre(stage, incident, (seen) => isRed(seen, incident)));
  const redAfter = secondsSince(begun);
  stateRed(stage, incident, red);
  const told = await until(stage, () => deliveryAfter(stage, incident, mark, "Triggered"));
  const toldAfter = secondsSince(begun);
  stateTold(stage, incident, told);
  const shown = await until(stage, () => pageShows(stage, incident));
  const shownAfter = secondsSince(begun);
  stage.expect(`${incident.name}: the page shows the objective`, shown !== undefined);
  return {
    shown: shown && shownAfter,
    missed: red?.missed.filter((one) => incident.objectives.includes(one.name)) ?? [],
    red: red && redAfter,
    told: told && toldAfter,
  };
}

/** Waits until everything is met and the alert says so, while what went wrong is mended. */
async function watchEnd(stage: IncidentStage, incident: Incident, mark: number) {
  const { name, service } = incident;
  const began = performance.now();
  const green = await until(stage, () => levelsAre(stage, incident, isGreen));
  const greenAfter = secondsSince(began);
  stage.expect(`${name}: after it ${service} meets its objectives again`, green !== undefined);
  const over = await until(stage, () => deliveryAfter(stage, incident, mark, "Recovered"));
  const overAfter = secondsSince(began);
  stage.expect(`${name}: the alert says that it is over`, over !== undefined);
  const cleared = await until(stage, () => pageIsClear(stage, incident));
  stage.expect(`${name}: the page no longer shows it`, cleared !== undefined);
  return { green: green && greenAfter, over: over && overAfter };
}

const secondsSince = (begun: number) => (performance.now() - begun) / 1000;

const missing = ({ service, objectives }: Incident) =>
  objectives.map((objective) => `${service} misses ${objective}: `);

async function pageShows({ page }: IncidentStage, incident: Incident): Promise<true | undefined> {
  const problems = await page.problems();
  const isShown = (text: string) => problems.some((one) => one.startsWith(text));
  return missing(incident).every(isShown) ? true : undefined;
}

/** Checks are read once in five minutes, and so may be shown longer than what services say themselves. */
async function pageIsClear({ page }: IncidentStage, { service }: Incident) {
  const problems = await page.problems();
  return problems.some((one) => one.startsWith(`${service} misses`)) ? undefined : true;
}

const isGreen = ({ status }: SeenLevels) => status === 200;

const isRed = ({ status, missed }: SeenLevels, { objectives }: Incident) =>
  status === 503 && objectives.every((name) => missed.some((one) => one.name === name));

/** Asks again until there is an answer; undefined when there is none in time. */
async function until<T>(
  { interruption }: IncidentStage,
  ask: () => Promise<T | undefined> | T | undefined,
): Promise<T | undefined> {
  const last = performance.now() + patience * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() > last) return answer;
    await sleep(pause, undefined, { signal: interruption });
  }
}

async function levelsAre(
  stage: IncidentStage,
  { service }: Incident,
  isSo: (seen: SeenLevels) => boolean,
): Promise<SeenLevels | undefined> {
  const seen = await lookAtLevels(stage, service);
  return isSo(seen) ? seen : undefined;
}

/** Name of the check that watches the levels of a service. */
const checkOf = ({ cloud }: IncidentStage, { service }: Incident) =>
  resourceName(cloud.environment.config, `service-levels-${service}`);

const deliveries = (stage: IncidentStage, incident: Incident) =>
  stage.cloud.digitalOcean.uptime
    .deliveries()
    .filter(({ check }) => check === checkOf(stage, incident));

const deliveryAfter = (
  stage: IncidentStage,
  incident: Incident,
  mark: number,
  state: "Triggered" | "Recovered",
) =>
  deliveries(stage, incident)
    .slice(mark)
    .find((one) => one.state === state);

function stateRed(
  { expect }: IncidentStage,
  { name, service, objectives }: Incident,
  red: SeenLevels | undefined,
): void {
  const found = red?.missed ?? [];
  const objections = objectives.flatMap((wanted) => {
    const seen = found.find((one) => one.name === wanted);
    if (!seen) return [`${wanted} is not missed`];
    const { value, threshold, unit, since } = seen;
    const isBeyond =
      value !== null && (unit === "reachable" ? value < threshold : value > threshold);
    return isBeyond && since !== undefined ? [] : [JSON.stringify(seen)];
  });
  const what = objectives.join(" and ");
  expect(
    `${name}: ${service} answers 503 with ${what}, value, threshold and since when`,
    objections,
  );
}

function stateTold(
  { cloud, expect }: IncidentStage,
  { name }: Incident,
  told: { readonly to: string; readonly seen: string } | undefined,
): void {
  const { recipients } = cloud.environment.config.alerting;
  expect(
    `${name}: the check from outside is down, and its alert tells the people on call`,
    (told?.seen === "status 503" && recipients.includes(told.to)) || [JSON.stringify(told)],
  );
}

const isAbout = (problem: string, { service }: Incident) =>
  problem.startsWith(`${service} misses`) || problem.includes(`service-levels-${service} is down`);

async function stateProblems(stage: IncidentStage, incident: Incident): Promise<void> {
  const { name } = incident;
  const problems = await problemsOf(stage);
  const wanted = [...missing(incident), `${checkOf(stage, incident)} is down from `];
  const unsaid = wanted.filter((text) => !problems.some((one) => one.startsWith(text)));
  stage.expect(
    `${name}: mam status names the objective and the check`,
    unsaid.map((text) => `not said: ${text}… of ${problems.join("; ")}`),
  );
}
