import type { Session } from "../../context/session.ts";
import type { ReadingPlan } from "./reading-plan.ts";
import { type SparingApi, sparingApi } from "./sparing-api.ts";

/** A session that asks DigitalOcean no more than a plan allows, and how old what it was told is. */
export interface SparedSession extends Pick<SparingApi, "asOf"> {
  readonly session: Session;
}

/** Makes a session spare DigitalOcean. @param pace as of {@link sparingApi}. */
export function spared(session: Session, plan: ReadingPlan, pace = 1): SparedSession {
  const { api, asOf } = sparingApi({ api: session.clients.digitalOcean(), plan, pace });
  return {
    session: { ...session, clients: { ...session.clients, digitalOcean: () => api } },
    asOf,
  };
}
