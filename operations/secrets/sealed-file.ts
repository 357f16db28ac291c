import { join } from "node:path";

import { sealedSchema, type Sealed } from "../../environments/schema/sealed.ts";
import { writeJson } from "../context/json-file.ts";
import type { Session } from "../context/session.ts";

/** Where an environment's sealed secrets lie: beside its release file, in git. */
export function sealedPath({ releases, environment }: Session): string {
  return join(releases, `${environment.config.name}.sealed.json`);
}

/** Writes the sealed file, if it would say something else than before; says whether it did. */
export function writeSealed(session: Session, sealed: Sealed): boolean {
  const { sealed: before } = session.environment;
  const content = inOrder(sealed);
  if (before && JSON.stringify(inOrder(before)) === JSON.stringify(content)) return false;
  writeJson(session, sealedPath(session), content);
  return true;
}

/** In a stable order: the platform gives variables in another one after every change, and a diff shows what changed. */
function inOrder(sealed: Sealed): Sealed {
  const { app, components } = sealedSchema.parse(sealed);
  const ordered = Object.entries(components).map(
    ([name, secrets]) => [name, sorted(secrets)] as const,
  );
  return { app, components: sorted(Object.fromEntries(ordered)) };
}

function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(entries).toSorted(([one], [other]) => one.localeCompare(other)),
  );
}
