import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { adoptAgain } from "../../../operations/adopt/again.ts";
import { plainProgress } from "../../../operations/context/progress.ts";
import type { Session } from "../../../operations/context/session.ts";
import { restoreSomething } from "../../../operations/restore/restore.ts";
import { importLeftovers } from "../../../operations/state/import.ts";
import { anEnvironment } from "../../support/environments.ts";
import { onHcp } from "../../support/hcp.ts";
import { aSession } from "../../support/recorded/session.ts";

const silent = plainProgress(() => undefined);

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "refuse-remote-"));
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

/** A session in which whoever asks a platform, or HCP Terraform itself, is told that nothing of it is recorded. */
const session = () => aSession({ environment: anEnvironment(), project, clients: {} });

const switchOf = (asked: Session) => {
  const options = { operands: ["database"], to: "now", prove: false, switch: true };
  const begun = () => Promise.reject(new Error("a move was begun"));
  return restoreSomething(asked, options, silent, () => ({ confirm: begun, deploy: begun }));
};

const commands: readonly (readonly [string, (asked: Session) => Promise<unknown>])[] = [
  ["mam state import", (asked) => importLeftovers(asked, { operands: [] }, silent)],
  [
    "mam state import of one address",
    (asked) => importLeftovers(asked, { operands: ["digitalocean_app.app", "1"] }, silent),
  ],
  ["mam adopt of an environment", (asked) => adoptAgain(asked, { dryRun: false }, silent)],
  ["mam adopt --dry-run of one", (asked) => adoptAgain(asked, { dryRun: true }, silent)],
  ["mam restore database --switch", switchOf],
];

test.each(commands)(
  "%s is refused where HCP Terraform runs Terraform, with why and the way out, before anything is asked",
  async (_, run) => {
    await expect(run(onHcp(session(), "remote"))).rejects.toThrow(
      [
        "state.backend.execution is remote: HCP Terraform runs Terraform itself, and nothing can be imported there.",
        "  terraform import runs here, needs the value of every variable, and a sensitive variable of a workspace is told to nobody.",
        '  fix: state.backend.execution: "local" in environments/production.ts, mam state bootstrap production, and the same command again; then back',
      ].join("\n"),
    );
  },
);

test.each(commands)("%s is not refused in local execution", async (_, run) => {
  const said = await run(onHcp(session())).catch((error: unknown) => String(error));

  expect(said).not.toContain("state.backend.execution");
});
