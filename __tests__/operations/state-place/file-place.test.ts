import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { restoreState } from "../../../operations/state/restore.ts";
import { listStateVersions } from "../../../operations/state/versions.ts";
import { silent } from "../../support/deploying.ts";
import { anEnvironment } from "../../support/environments.ts";
import { aSession } from "../../support/recorded/session.ts";
import { withConfig } from "../doctor/support/breakage.ts";

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "mam-files-"));
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

const session = () =>
  withConfig(aSession({ environment: anEnvironment(), project, clients: {} }), ({ state }) => {
    state.backend = { kind: "local" };
  });

test.each([
  ["listed", () => listStateVersions(session(), { operands: [] })],
  ["gone back to", () => restoreState(session(), { operands: ["data", "3"] }, silent)],
])(
  "versions of states that are files cannot be %s, and what keeps them is said",
  async (_, ask) => {
    await expect(ask()).rejects.toThrow(
      /^The states are files of this machine, of which no versions are kept\.\n {2}fix: set state\.backend\.kind: "spaces" \(docs\/state\.md\)$/,
    );
  },
);
