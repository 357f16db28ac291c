import { databaseComponents } from "../../../constructs/app/context.ts";
import { applicationUser } from "../../../constructs/database/application-user.ts";
import type { Session } from "../../context/session.ts";
import { variableOf } from "../../platform/running-app.ts";
import { activeSpec } from "./active-spec.ts";
import { resetPassword } from "./database-password.ts";
import {
  type KindOfSecret,
  type StageOfKind,
  type Turn,
  nothingToPrepare,
  unlessOtherRuns,
} from "./kind.ts";

/** Gives the user of a slot a new password. It is one that nothing connects as, so nobody is locked out. */
const newPassword: Omit<StageOfKind, "changes"> = {
  obstacle: unlessOtherRuns(notConnecting),
  prepare: async (session, { slot }) => {
    await resetPassword(session, applicationUser(session.environment.config, slot));
    return {};
  },
  deploys: false,
  objection: () => Promise.resolve(undefined),
};

/** The API's database user: there are two with the same rights, and one of them is used. */
export const databaseUserRotation: KindOfSecret = {
  fill: {
    ...newPassword,
    changes: (config, { slot }) =>
      `${applicationUser(config, slot)}: a new password for the idle user; nothing connects as it yet`,
  },
  switch: {
    prepare: nothingToPrepare,
    deploys: true,
    changes: (config, { slot }) =>
      `POSTGRES_URL of api: connects as ${applicationUser(config, slot)} from now on; the other user still may`,
    objection: notConnecting,
  },
  retire: {
    ...newPassword,
    changes: (config, { slot }) =>
      `${applicationUser(config, slot)}: a new password; the old one is refused from then on`,
  },
};

/** What speaks against the user of a slot being the one that the API connects as. */
async function notConnecting(session: Session, { slot }: Turn): Promise<string | undefined> {
  const spec = await activeSpec(session);
  const url = spec && variableOf(spec, "api", "POSTGRES_URL");
  return url?.includes(`\${${databaseComponents.application[slot]}.USERNAME}`)
    ? undefined
    : `api does not connect as ${applicationUser(session.environment.config, slot)}`;
}
