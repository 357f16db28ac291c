import type { TypeEffects } from "../effect.ts";

/** Alert policies of clusters. */
export const monitorAlert: TypeEffects = {
  type: "digitalocean_monitor_alert",
  rows: [
    { argument: "entities", kinds: ["emptied"], planned: "refused" },
    {
      argument: "entities",
      kinds: ["removed"],
      planned: "in place",
      means: "an alert of no cluster may watch every cluster of the team",
    },
    { argument: "enabled", kinds: ["removed"], planned: "nothing" },
    { argument: "*", planned: "in place" },
  ],
};

/** Checks from outside. */
export const uptimeCheck: TypeEffects = {
  type: "digitalocean_uptime_check",
  rows: [
    { argument: "regions", kinds: ["respelled"], planned: "nothing" },
    { argument: "type", kinds: ["removed"], planned: "nothing" },
    { argument: "enabled", kinds: ["removed"], planned: "nothing" },
    { argument: "*", planned: "in place" },
  ],
};

/** Alerts of checks from outside. */
export const uptimeAlert: TypeEffects = {
  type: "digitalocean_uptime_alert",
  rows: [
    { argument: "period", kinds: ["respelled"], planned: "nothing" },
    {
      argument: "check_id",
      planned: "in place",
      outcome: "refused",
      means:
        "an alert cannot move to another check: the platform refuses it, the next plan makes a second alert, and the first stays on the old check, managed by nobody",
    },
    { argument: "*", planned: "in place" },
  ],
};
