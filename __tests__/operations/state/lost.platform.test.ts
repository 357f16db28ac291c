import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";

import { plainProgress } from "../../../operations/context/progress.ts";
import { recordEntry } from "../../../operations/ledger/ledger.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { planEnvironment } from "../../../operations/review/plan.ts";
import { lostStates } from "../../../operations/state/lost.ts";
import { restoreState } from "../../../operations/state/restore.ts";
import { showStates } from "../../../operations/state/show.ts";
import { stateVersions } from "../../../operations/state/versions.ts";
import { newestState } from "../../../rehearsal/harness/states.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { undeployed, withConfig } from "../doctor/support/breakage.ts";
import { entryOf } from "../ledger/entries.ts";

let platform: TestPlatform;
const silent = plainProgress(() => undefined);
const Bucket = "northlight-mam-terraform-state-staging";
const Key = "staging-data.tfstate";
/** Cut off in the middle, and not without a secret. */
const cutOff = '{"version":4,"lineage":"a","outputs":{"password":hunter2';

beforeAll(async () => {
  platform = await openDeployedPlatform();
});
afterAll(() => platform.end());

const spaces = () => platform.session().clients.spaces();
const put = (Body: string, key = Key) =>
  spaces().send(new PutObjectCommand({ Bucket, Key: key, Body }));
const remove = (key = Key) => spaces().send(new DeleteObjectCommand({ Bucket, Key: key }));
const restore = (id: string) =>
  restoreState(platform.session(), { operands: ["data", id] }, silent);
const plan = () =>
  planEnvironment(
    platform.session(),
    { all: false, markdown: false, detailedExitcode: false, override: [] },
    silent,
  );

let whole: string;
beforeEach(() => {
  whole = newestState(platform.cloud, "data");
});
afterEach(() => put(whole));

test("nothing is lost of what stands, of what was never deployed, and of what was destroyed", async () => {
  expect(await lostStates(platform.session())).toEqual([]);
  expect(await lostStates(undeployed(platform.session()))).toEqual([]);

  await put(JSON.stringify({ ...(JSON.parse(whole) as object), resources: [] }));
  await remove();

  expect(await lostStates(platform.session())).toEqual([]);
});

test.each([
  ["cut off", cutOff, `it is no JSON, or was cut off after ${cutOff.length} bytes`],
  ["empty", "", "it is empty"],
  ["something else", "{}", "it is JSON, and no state of Terraform's"],
])(
  "a state that is %s is shown as lost, nothing is planned over it, and the line that is printed brings it back",
  async (_, text, problem) => {
    await put(text);
    const shown = await showStates(platform.session());
    const [lost] = await lostStates(platform.session());
    const id = lost!.fix.split(" ").at(-1)!;

    expect(lost).toEqual({
      stack: "staging-data",
      problem,
      fix: `mam state restore staging staging-data ${id}`,
    });
    expect(shown.ok).toBe(false);
    expect(shown.text).toMatch(/^ {2}staging-data +lost +free$/m);
    expect(shown.text).toContain(`  staging-data: ${problem}: ${lost!.fix}`);
    expect(shown.text).not.toContain("hunter2");
    await expect(plan()).rejects.toThrow(
      `The state of staging-data is lost: ${problem}.\n  fix: ${lost!.fix}\nNothing was planned`,
    );

    const restored = await restore(id);

    // As it was, with its serial, so that a state that follows it still does; nobody can go back to what stood.
    expect(newestState(platform.cloud, "data")).toBe(whole);
    expect(restored.text).not.toContain("Back:");
    expect(await lostStates(platform.session())).toEqual([]);
  },
);

test("a state that is gone is lost where the history knows of a deployment", async () => {
  await remove();
  expect(await lostStates(platform.session())).toEqual([]);
  await recordEntry(ledgerOf(platform.session()), entryOf("one"));
  const [lost] = await lostStates(platform.session());
  const shown = await showStates(platform.session());

  expect(lost!.problem).toMatch(/^it is gone, and the version before it has \d+ resources$/);
  expect(shown.text).toMatch(/^ {2}staging-data +lost +free$/m);

  await restore(lost!.fix.split(" ").at(-1)!);

  expect(await lostStates(platform.session())).toEqual([]);
});

test("a version that cannot be read is refused, and what stands stays", async () => {
  await put(cutOff);
  const [spoiled] = await stateVersions(platform.session(), "data");
  await put(whole);

  await expect(restore(spoiled!.id)).rejects.toThrow(
    `Version ${spoiled!.id} of the state of staging-data cannot be read: it is no JSON, or was cut off after`,
  );
  expect(newestState(platform.cloud, "data")).toBe(whole);
});

test("nothing is written over a state that is locked", async () => {
  const [standing] = await stateVersions(platform.session(), "data");
  await put(cutOff);
  const lock = { ID: "0c3a9a6e", Who: "ci@runner", Operation: "OperationTypeApply" };
  await put(JSON.stringify(lock), `${Key}.tflock`);
  const tried = restore(standing!.id).finally(() => remove(`${Key}.tflock`));

  await expect(tried).rejects.toThrow(
    "The state of staging-data is locked (0c3a9a6e): somebody may be writing it.\n  fix: mam state show staging",
  );
  expect(newestState(platform.cloud, "data")).toBe(cutOff);
});

test("of a state that is a file and cannot be read, the line copies Terraform's own backup", async () => {
  const project = mkdtempSync(join(tmpdir(), "mam-lost-"));
  const session = { ...platform.session(), project };
  const local = withConfig(session, ({ state }) => {
    state.backend = { kind: "local" };
  });
  writeFileSync(join(project, "terraform.staging-data.tfstate"), cutOff);

  const found = await lostStates(local);
  rmSync(project, { recursive: true });

  expect(found).toEqual([
    expect.objectContaining({
      stack: "staging-data",
      fix: "cp terraform.staging-data.tfstate.backup terraform.staging-data.tfstate, which is what Terraform kept of the write before",
    }),
  ]);
});
