import { PutObjectCommand } from "@aws-sdk/client-s3";

import { currentObject } from "@mam-infra/cloud/s3/versions";
import { type Progress, plainProgress } from "../../../operations/context/progress.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { bootstrapState } from "../../../operations/state/bootstrap.ts";
import { migrateStates } from "../../../operations/state/migrate.ts";
import { terraformRuntime } from "../../../operations/terraform/runtime.ts";
import { plan, prepare } from "../../../operations/terraform/stack.ts";
import { readState } from "../../../operations/terraform/states.ts";
import { synthesiseStacks } from "../../../operations/terraform/synthesis.ts";
import { newestState } from "../../../rehearsal/harness/states.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { withConfig } from "../doctor/support/breakage.ts";

let platform: TestPlatform;
const silent = plainProgress(() => undefined);
const oldBucket = "northlight-mam-terraform-state-staging";
const newBucket = "northlight-mam-moved-states";

beforeAll(async () => {
  platform = await openDeployedPlatform();
  await ledgerOf(platform.session()).replace('{"entries":[]}', undefined);
});
afterAll(async () => {
  await platform.end();
});

const session = () =>
  withConfig(platform.session(), ({ state }) => {
    state.backend = { kind: "spaces", bucket: newBucket };
  });
const migrate = (from = oldBucket) => migrateStates(session(), { from }, silent);
const put = (Bucket: string, Key: string, Body: string) =>
  platform.session().clients.spaces().send(new PutObjectCommand({ Bucket, Key, Body }));
const objects = (bucket: string) => platform.cloud.spaces.store.buckets.get(bucket)!.objects;

test("states and history are copied and compared, a plan then shows that nothing changes, and nothing is deleted", async () => {
  await bootstrapState(session(), {}, silent);
  const before = newestState(platform.cloud, "app");
  const { text } = await migrate();
  const copied = (await readState(session(), "app")) ?? "";

  expect(text).toMatch(/^ {2}staging-storage: serial \d+, \d+ resources, copied and compared$/m);
  expect(copied).toBe(before);
  expect(JSON.parse((await ledgerOf(session()).read())?.text ?? "")).toEqual({ entries: [] });
  expect(newestState(platform.cloud, "app")).toBe(before);
  const moved = session();
  const { storage } = await synthesiseStacks(moved);
  const runtime = terraformRuntime(moved, storage);
  await prepare(storage, runtime);
  expect(await plan(storage, runtime)).toMatchObject({ changes: false });
});

test("a second time says that all of it is there, and writes nothing", async () => {
  const versions = () => [...objects(newBucket).values()].flat().length;
  const before = versions();
  const { data } = await migrate();

  expect((data as { states: object[] }).states).toEqual([
    expect.objectContaining({ stack: "staging-storage", written: false }),
    expect.objectContaining({ stack: "staging-data", written: false }),
    expect.objectContaining({ stack: "staging-app", written: false }),
  ]);
  expect(versions()).toBe(before);
});

test("a state that is locked, another one in the new place, and another history there are named together, and nothing is written", async () => {
  const lock = { ID: "0c3a9a6e", Who: "ci@runner", Operation: "OperationTypeApply" };
  await put(oldBucket, "staging-data.tfstate.tflock", JSON.stringify(lock));
  const state = JSON.parse(newestState(platform.cloud, "storage")) as object;
  await put(newBucket, "staging-storage.tfstate", JSON.stringify({ ...state, resources: [] }));
  await put(newBucket, "staging.ledger.json", '{"entries":[],"restores":[]}');
  const tried = migrate();

  await expect(tried).rejects.toThrow(
    "the state of staging-data is locked in the old place (0c3a9a6e)",
  );
  await expect(tried).rejects.toThrow("the new place has another state of staging-storage");
  await expect(tried).rejects.toThrow("the new place has another history: ");
  objects(oldBucket).delete("staging-data.tfstate.tflock");
});

test("a place without states, and the place where they are, are refused", async () => {
  await expect(migrate("local")).rejects.toThrow("no state of staging is there");
  await expect(migrate(newBucket)).rejects.toThrow(
    `The file of staging says already that its states are in ${newBucket}.`,
  );
});

/** Shows nothing, and lets somebody else write right before a step. */
const disturbed = (before: string, write: () => Promise<unknown>): Progress => ({
  ...silent,
  step: async (title, action) => {
    if (title === before) await write();
    return silent.step(title, action);
  },
});

test.each([
  {
    key: "staging-app.tfstate",
    text: '{"version":4,"serial":1,"lineage":"theirs","outputs":{},"resources":[]}',
    refusal:
      "has a state of staging-app by now, which was left as it is: somebody else writes there",
  },
  {
    key: "staging.ledger.json",
    text: '{"entries":[],"restores":[]}',
    refusal: "was written by somebody else meanwhile; it was left as it is",
  },
])("what somebody else writes to $key meanwhile is left as it is, and said", async (race) => {
  const bucket = `northlight-mam-raced-${race.key.split(".")[1] ?? ""}`;
  const raced = withConfig(platform.session(), ({ state }) => {
    state.backend = { kind: "spaces", bucket };
  });
  await bootstrapState(raced, {}, silent);
  const progress = disturbed("writing staging-app", () => put(bucket, race.key, race.text));

  await expect(migrateStates(raced, { from: oldBucket }, progress)).rejects.toThrow(race.refusal);
  const { store } = platform.cloud.spaces;
  const standing = currentObject(store.buckets.get(bucket)!, race.key);
  expect(standing?.body.toString("utf8")).toBe(race.text);
});
