import type { AlertAnswer } from "./alert.ts";
import { looks } from "./looks.ts";

/** A public service, what it is called, where it says how it does, and what users notice. */
const services = [
  {
    name: "frontend",
    what: "The web page",
    address: "https://<app host>/service-levels",
    meaning: "Some people get an error instead of the page.",
    mends:
      "If it began with a release: `mam rollback <environment>`. Otherwise the lines of the frontend with the level error say why: docs/logs.md has the queries.",
  },
  {
    name: "api",
    what: "The API",
    address: "https://<app host>/api/service-levels",
    meaning:
      "Some requests fail or are slow, or previews are late. Which of them the missed objective says.",
    mends:
      "error-rate, p95: `mam rollback <environment>` if it began with a release, more instances or a larger database if it grew. oldest-job: more workers, or a look at why none runs. failed-jobs, dead-letters: the reason stands beside each job; asking for the preview again ends it. counting, database: the cluster is away, and DigitalOcean brings it back: https://status.digitalocean.com.",
  },
  {
    name: "edge",
    what: "Playback",
    address: "https://<media host>/service-levels",
    meaning: "Some previews do not play, break off, or begin late.",
    mends:
      "If it began with a release: `mam rollback <environment>`. If storage fails or is slow, the lines of the edge say so, and Wasabi says it too: https://status.wasabi.com. If it only begins late: more instances, or a larger cache.",
  },
] as const;

/** Alerts of the checks of service levels: an objective is missed, docs/service-levels.md. */
export const serviceLevelAnswers: readonly AlertAnswer[] = services.map(
  ({ name, what, address, meaning, mends }) => ({
    source: "uptime",
    key: `service-levels-${name} down_global`,
    title: `${what} misses an objective`,
    meaning,
    looks: [
      {
        question: "Which objective is missed, by how much and since when?",
        command: `curl -s ${address}`,
      },
      looks.glance,
      looks.releases,
    ],
    mends,
  }),
);
