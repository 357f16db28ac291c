import { join } from "node:path";

import { sealedSchema, type Sealed } from "../../environments/sealed.ts";
import type { Session } from "../command/session.ts";
import { writeWhole } from "../command/whole-file.ts";

/** Where an environment's sealed secrets lie: beside its release file, in git. */
export function sealedPath({ releases, environment }: Session): string {
  return join(releases, `${environment.config.name}.sealed.json`);
}

/** Writes the sealed file, if it would say something else than before; says whether it did. */
export function writeSealed(session: Session, sealed: Sealed): boolean {
  const content = render(sealed);
  if (session.environment.sealed && render(session.environment.sealed) === content) return false;
  writeWhole(sealedPath(session), content);
  return true;
}

/** In a stable order: the platform gives variables in another one after every change, and a diff shows what changed. */
function render(sealed: Sealed): string {
  const { app, components } = sealedSchema.parse(sealed);
  const inOrder = sorted(
    Object.fromEntries(
      Object.entries(components).map(([name, secrets]) => [name, sorted(secrets)]),
    ),
  );
  return `${JSON.stringify({ app, components: inOrder }, null, 2)}\n`;
}

function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(entries).toSorted(([one], [other]) => one.localeCompare(other)),
  );
}
