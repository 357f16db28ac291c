import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Dumped, lack, openDumped } from "../operations/restore/support/dumped.ts";
import { type Programs, programs } from "./support/programs.ts";
import { playJob } from "./support/runner.ts";
import { workflowFiles } from "./support/workflow.ts";

const describeHere = lack === undefined ? describe : describe.skip;

describeHere(`the scheduled proof of a dump${lack === undefined ? "" : ` (${lack})`}`, () => {
  let dumped: Dumped;
  let bin: Programs;
  let home: string;
  beforeAll(async () => {
    dumped = await openDumped();
    bin = programs();
    home = mkdtempSync(join(tmpdir(), "mam-home-"));
  });
  afterAll(async () => {
    bin.remove();
    rmSync(home, { recursive: true });
    await dumped.end();
  });

  test("runs as it stands in the file, with the server of the job and a key that reads dumps", async () => {
    const { variables, project } = dumped.session();
    const file = workflowFiles().find(({ name }) => name === "restore.yml")!;
    const { jobs } = file.workflow;
    // The service of the job is another server here; everything else is as it stands there.
    const proving = jobs.prove!.steps.at(-1)!;
    proving.env = Object.fromEntries(
      Object.entries(proving.env!).filter(([name]) => name !== "MAM_RESTORE_SERVER"),
    );
    const credential = /^(DIGITALOCEAN_TOKEN|AWS_\w*KEY\w*|TF_VAR_.*)$/;
    const given = Object.entries(variables).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !credential.test(entry[0]),
    );
    const result = await playJob(file, "prove", {
      directory: project,
      variables: {
        ...Object.fromEntries(given),
        PATH: `${bin.directory}:${variables.PATH ?? ""}`,
      },
      values: {
        "matrix.environment": "staging",
        "secrets.WASABI_ACCESS_KEY": variables.TF_VAR_wasabi_access_key ?? "",
        "secrets.WASABI_SECRET_KEY": variables.TF_VAR_wasabi_secret_key ?? "",
      },
      conditions: {},
      artifacts: new Map(),
      permit: () => undefined,
    });

    expect([result.ok, result.ran.at(-1)?.output]).toEqual([
      true,
      expect.stringContaining("The dump is proved."),
    ]);
  }, 120_000);
});
