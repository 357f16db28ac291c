import type { Look } from "./alert.ts";

/** What is looked at for more than one alert. */
export const looks = {
  glance: {
    question: "What else is wrong?",
    command: "mam status <environment>",
  },
  follow: {
    question: "Does it pass by itself?",
    command: "mam status <environment> --watch",
  },
  released: {
    question: "Does what was released run, as it was configured?",
    command: "mam verify <environment>",
  },
  releases: {
    question: "Did it begin with a release?",
    command: "mam rollback <environment> --list",
  },
  changes: {
    question: "Was something changed by hand?",
    command: "mam plan <environment>",
  },
  before: {
    question: "Which condition of a deployment does not hold?",
    command: "mam doctor <environment>",
  },
  apps: {
    question: "Which id has the app?",
    command: "doctl apps list --format ID,Spec.Name",
  },
  logs: {
    question: "What do the services say?",
    command: "doctl apps logs <app> --type run --tail 200",
  },
  crash: {
    question: "What did the instance say before it ended?",
    command: "doctl apps logs <app> --type run_restarted",
  },
  droplets: {
    question: "Is the machine there, and of which size is it?",
    command: "doctl compute droplet list",
  },
  clusters: {
    question: "Is the cluster online, and of which size is it?",
    command: "doctl databases list",
  },
} as const satisfies Readonly<Record<string, Look>>;
