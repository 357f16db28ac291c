import { advanceDomain } from "./apps/domains.ts";
import { advanceDeployment } from "./apps/deployments/lifecycle.ts";
import { playDatabaseEvent } from "./databases/lifecycle.ts";
import { playDropletEvent } from "./droplets/droplet.ts";
import { takeDue } from "./schedule.ts";
import type { PlatformEvent } from "./schedule.ts";
import type { Store } from "./store.ts";

function play(store: Store, event: PlatformEvent, at: Date): void {
  switch (event.kind) {
    case "deployment-advances":
      advanceDeployment(store, event, at);
      return;
    case "domain-advances":
      advanceDomain(store, event, at);
      return;
    case "droplet-boots":
    case "droplet-stops":
      playDropletEvent(store, event);
      return;
    default:
      playDatabaseEvent(store, event);
  }
}

/**
 * Brings the account to a point in time: plays everything that was due until then, in the order of its time. It runs
 * before every request, so no answer shows a state that time has overtaken.
 */
export function settle(store: Store, now: Date): void {
  for (let due = takeDue(store.schedule, now); due; due = takeDue(store.schedule, now)) {
    play(store, due.event, new Date(due.at));
  }
}
