import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import type { Scenario } from "../harness/scenario.ts";
import { startLoad } from "../platform/people/load.ts";
import { failingPreviews } from "./incidents/failing-previews.ts";
import { failingRequests } from "./incidents/failing-requests.ts";
import type { IncidentStage } from "./incidents/incident.ts";
import { killedDatabase } from "./incidents/killed-database.ts";
import { openPage } from "./incidents/page.ts";
import { type Course, playIncident } from "./incidents/play.ts";
import { slowRoute } from "./incidents/slow-route.ts";
import { stoppedWorker } from "./incidents/stopped-worker.ts";
import { courseTable } from "./incidents/table.ts";
import { firstFilm } from "./media/first-film.ts";
import { onStage } from "./media/on-stage.ts";
import type { Stage } from "./media/stage.ts";
import { onRealPlatform } from "./real-platform.ts";

const all = [failingRequests, slowRoute, stoppedWorker, failingPreviews, killedDatabase] as const;

/**
 * What goes wrong, is seen and told, and is over when it is over: with `mam`, on a platform that people use.
 */
export const incidents: Scenario = {
  name: "incidents",
  title:
    "failing requests, a slow route, no worker, failing previews, a dead database: seen and told",
  after: [],
  onDemand: true,
  play: (context) =>
    onRealPlatform(context, (fresh, parts) => onStage(fresh, parts, withPage), { change: quicker }),
};

/** Requests without which nobody can say that people were there: a few a second, for a minute at each incident. */
const fewest = 1000;

/**
 * Objectives that are judged within a minute instead of an hour, so that nobody waits for windows to pass. Their thresholds
 * of requests stay. Half of all previews may fail, because those that were made good count as well.
 */
const quick = {
  windowSeconds: 30,
  leastRequests: 20,
  oldestJobSeconds: 20,
  failedJobsPercent: 50,
} as const;

const quicker = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  monitoring: { ...input.monitoring, objectives: { ...input.monitoring?.objectives, ...quick } },
});

async function withPage(stage: Stage): Promise<void> {
  const watched = await firstFilm(stage);
  const page = await openPage(stage);
  try {
    await whilePeopleWork({ ...stage, watched, page });
  } finally {
    stage.expect("the page ends with Ctrl-C", await page.close());
  }
}

async function whilePeopleWork(stage: IncidentStage): Promise<void> {
  const load = startLoad(stage.place, stage.watched);
  const courses: Course[] = [];
  try {
    for (const incident of all) courses.push(await playIncident(stage, incident));
  } finally {
    await load.end();
  }
  const { sent } = load.ledger;
  stage.expect("people were there all the while", sent >= fewest || [`${sent} requests`]);
  stage.show([`${sent} requests were sent meanwhile.`, "", ...courseTable(courses)]);
}
