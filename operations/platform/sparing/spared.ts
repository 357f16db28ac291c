import type { Session } from "../../context/session.ts";
import type { ReadingPlan } from "./reading-plan.ts";
import { withoutSharing } from "./shared-reads.ts";
import { type ReadingTime, type SparingApi, sparingApi } from "./sparing-api.ts";

/** A session that asks DigitalOcean no more than a plan allows, and how old what it was told is. */
export interface SparedSession extends Pick<SparingApi, "asOf"> {
  readonly session: Session;
}

/** Makes a session spare DigitalOcean. */
export function spared(session: Session, plan: ReadingPlan, time: ReadingTime = {}): SparedSession {
  const { api, asOf } = sparingApi({ api: withoutSharing(session).digitalOcean(), plan, ...time });
  return {
    session: { ...session, clients: { ...session.clients, digitalOcean: () => api } },
    asOf,
  };
}
