import { join } from "node:path";

import { environments } from "../../../environments/index.ts";
import { loadEnvironments } from "../../../environments/loading/load.ts";
import {
  type Rotation,
  type SlotState,
  type SlottedName,
  rotationSchema,
} from "../../../environments/schema/rotation.ts";
import type { Session } from "../../context/session.ts";
import { writeJson } from "../../context/json-file.ts";

/** Where an environment says which slots are active: beside its release file, in git. */
export function rotationPath({ releases, environment }: Session): string {
  return join(releases, `${environment.config.name}.rotation.json`);
}

/**
 * Writes changed states of secrets into the rotation file, each in a further revision, and returns the session with what its files say now. What was
 * never rotated is left out of the file.
 */
export function withStates(
  session: Session,
  changed: Readonly<Partial<Record<SlottedName, SlotState>>>,
): Session {
  const before = session.environment.rotation;
  const revised = Object.entries(changed).map(([name, state]) => {
    // `entries` forgets the names.
    const { revision = 0 } = before[name as SlottedName];
    return [name, { ...state, revision: revision + 1 }];
  });
  const rotation: Rotation = rotationSchema.parse({ ...before, ...Object.fromEntries(revised) });
  const told = Object.entries(rotation).filter(([, state]) => !isUntouched(state));
  writeJson(session, rotationPath(session), Object.fromEntries(told));
  return reloaded(session);
}

/** A session with what the files of its environment say now. */
export function reloaded(session: Session): Session {
  const { name } = session.environment.config;
  const [environment] = loadEnvironments({
    inputs: environments,
    only: name,
    directory: session.releases,
  });
  if (!environment) throw new Error(`no environment was loaded for ${name}`);
  return { ...session, environment };
}

function isUntouched({ active, since, rotation }: SlotState): boolean {
  return active === "A" && since === undefined && rotation === undefined;
}
