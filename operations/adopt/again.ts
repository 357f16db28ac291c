import { rmSync } from "node:fs";
import { join } from "node:path";

import { nothingImported } from "../../environments/schema/imports.ts";
import { writeAtomically } from "../context/atomic-write.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { refuseRemote } from "../state-place/workspaces.ts";
import { importsOf } from "./adopt.ts";
import { countOf, findImports } from "./imports.ts";
import { importLines } from "./text.ts";

/**
 * Looks again at an environment that there is: what stands under its names, and no state knows, is imported by the next
 * deployment. When there is nothing of the kind, the file that says so goes.
 */
export async function adoptAgain(
  session: Session,
  { dryRun }: { readonly dryRun: boolean },
  progress: Progress,
): Promise<Outcome> {
  refuseRemote(session);
  const { environment, project } = session;
  const { name } = environment.config;
  // Without the blocks that stand in the stacks already: they are what is looked for.
  const bare = { ...session, environment: { ...environment, imports: nothingImported } };
  const imports = await progress.step("finding what stands and no state knows", () =>
    findImports(bare, true),
  );
  const file = importsOf(session, name);
  const count = countOf(imports);
  if (!dryRun && count === 0) rmSync(join(project, file), { force: true });
  if (!dryRun && count > 0)
    writeAtomically(join(project, file), `${JSON.stringify(imports, null, 2)}\n`);
  const said =
    count === 0
      ? `The states of ${name} know everything that stands: ${file} is not needed${dryRun ? "" : ", and is not there any more"}.`
      : `${dryRun ? "Not written, as asked" : "Written"}: ${file}`;
  const next = count === 0 ? [] : ["", `See what a deployment would change: mam plan ${name}`];
  return {
    ok: true,
    data: { environment: name, imports },
    text: `${[said, ...importLines(name, imports), ...next].join("\n")}\n`,
  };
}
