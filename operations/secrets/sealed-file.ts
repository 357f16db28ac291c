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

function render(sealed: Sealed): string {
  return `${JSON.stringify(sealedSchema.parse(sealed), null, 2)}\n`;
}
