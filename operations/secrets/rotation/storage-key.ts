import { resourceName } from "../../../constructs/naming.ts";
import type { ServiceRole } from "../../../constructs/storage/service-roles.ts";
import type { Session } from "../../context/session.ts";
import { serviceKeys } from "../service-keys.ts";
import { storageKeyIds } from "../../platform/running-app.ts";
import { activeSpec } from "./active-spec.ts";
import { type KindOfSecret, type Turn, nothingToPrepare } from "./kind.ts";
import { slottedOf } from "./names.ts";

/** Keys of the media storage: the storage stack makes and deletes them, as the rotation file says. */
export const storageKeyRotation: KindOfSecret = {
  fill: {
    obstacle: async (session) => ((await activeSpec(session)) ? undefined : "the app does not run"),
    prepare: nothingToPrepare,
    deploys: true,
    changes: (config, { name }) =>
      `Wasabi's user ${resourceName(config, roleOf(name))}: a second key; no component has it yet`,
    objection: async (session, { name }) => {
      const { length } = await serviceKeys(session, roleOf(name));
      return length === 2 ? undefined : `Wasabi has ${length} keys of ${roleOf(name)}, not two`;
    },
  },
  switch: {
    prepare: nothingToPrepare,
    deploys: true,
    changes: (_, { name }) =>
      `whoever acts as ${roleOf(name)}: uses the new key from now on; the old one still works`,
    objection: (session, { name }) => notTheNewest(session, roleOf(name)),
  },
  retire: {
    obstacle: (session, { name }) => notTheNewest(session, roleOf(name)),
    prepare: nothingToPrepare,
    deploys: true,
    changes: (config, { name }) =>
      `Wasabi's user ${resourceName(config, roleOf(name))}: the old key is deleted, and refused from then on`,
    objection: async (session, { name }) => {
      const { length } = await serviceKeys(session, roleOf(name));
      if (length !== 1) return `Wasabi has ${length} keys of ${roleOf(name)}, not one`;
      return notTheNewest(session, roleOf(name));
    },
  },
};

/** What speaks against the app using the newest key of a role. Nobody uses the keys of a role that no component has. */
async function notTheNewest(session: Session, role: ServiceRole): Promise<string | undefined> {
  const [keys, spec] = await Promise.all([serviceKeys(session, role), activeSpec(session)]);
  const newest = keys.toSorted((one, other) => one.created.localeCompare(other.created)).at(-1);
  if (!spec) return "the app does not run";
  const { [role]: used } = storageKeyIds(spec);
  return used === undefined || used === newest?.id
    ? undefined
    : `the app acts as ${role} with the key ${used}, not with ${newest?.id ?? "any that exists"}`;
}

function roleOf(name: Turn["name"]): ServiceRole {
  const slotted = slottedOf(name);
  if (slotted.kind !== "storage key") throw new TypeError(`${name} is no storage key`);
  return slotted.role;
}
