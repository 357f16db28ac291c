import type { AlertAnswer } from "./alert.ts";
import { looks } from "./looks.ts";

/** Alerts about the app as a whole, by the rule's name in its spec. */
export const appAnswers: readonly AlertAnswer[] = [
  {
    source: "app",
    key: "DEPLOYMENT_FAILED",
    title: "A deployment of the app failed",
    meaning:
      "Users notice nothing: the release before goes on serving. What was to be released is not there.",
    looks: [looks.glance, looks.releases, looks.logs],
    mends:
      "`mam deploy` says which component failed, and why. Mend the image or the setting and deploy again, or go back: `mam rollback <environment>`.",
  },
  {
    source: "app",
    key: "DOMAIN_FAILED",
    title: "A host of the app could not be set up",
    meaning:
      "A host has no certificate or does not lead to the app. Users of that host see an error of their browser, or will when the certificate ends.",
    looks: [looks.released, looks.before, looks.changes],
    mends:
      "Let the host's CNAME lead to the app, and CAA records allow its certificate authorities; verify names the record. Then deploy again.",
  },
  {
    source: "app",
    key: "AUTOSCALE_FAILED",
    title: "The app could not be scaled",
    meaning:
      "Instances that are needed are missing. Users wait longer, and at worst get errors, until the load falls.",
    looks: [looks.glance, looks.apps, looks.released],
    mends:
      "It is tried again by itself. Where it stays, raise `instances.autoscaling.minimum` of the busy service and deploy, and ask DigitalOcean's support for the account's limits.",
  },
];

/** Alerts about each service and worker, by the rule's name in the spec. */
export const componentAnswers: readonly AlertAnswer[] = [
  {
    source: "component",
    key: "CPU_UTILIZATION",
    title: "A service is short of CPU",
    meaning:
      "Answers and previews take longer. For the worker it is normal while many films arrive.",
    looks: [looks.glance, looks.releases, looks.logs],
    mends:
      "More instances or a larger size of the service in the environment's file, and `mam deploy`. If it began with a release: `mam rollback <environment>`.",
  },
  {
    source: "component",
    key: "MEM_UTILIZATION",
    title: "A service is short of memory",
    meaning:
      "The instance is killed when it reaches 100 %. Its requests fail at that moment; the worker's job is begun again by another.",
    looks: [looks.glance, looks.releases, looks.logs],
    mends:
      "A larger size of the service in the environment's file, and `mam deploy`. A leak begins with a release: `mam rollback <environment>`.",
  },
  {
    source: "component",
    key: "RESTART_COUNT",
    title: "A service restarts again and again",
    meaning: "Requests fail each time an instance ends. If all of them do it, the service is down.",
    looks: [looks.glance, looks.crash, looks.releases],
    mends:
      "The last lines before the end say why: a crash, memory, or a health check that is not answered in time. If it began with a release: `mam rollback <environment>`.",
  },
];
