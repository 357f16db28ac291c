import { confirmed } from "../../support/deploying.ts";
import { existsSync, statSync } from "node:fs";

import { plainProgress } from "../../../operations/context/progress.ts";
import { deployEnvironment } from "../../../operations/deploy/deploy.ts";
import { unsavedStates } from "../../../operations/state/unsaved.ts";
import { lockKeys, newestState } from "../../../rehearsal/harness/states.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";

let platform: TestPlatform;
const told: string[] = [];
const progress = plainProgress((line) => told.push(line));

beforeAll(async () => {
  platform = await openPlatform();
});

afterAll(async () => {
  await platform.end();
});

test("a state that the store does not take is kept for its owner alone, told at once, and written by the next deployment", async () => {
  const { cloud } = platform;
  const path = "staging-data\\.tfstate$";
  cloud.faults.add({
    platform: "spaces",
    method: "PUT",
    path,
    kind: "error-before-effect",
    times: 1000,
  });
  const session = platform.session();
  const failed = await deployEnvironment(session, confirmed, progress);
  const [kept] = await unsavedStates(session);
  session.run().remove();
  cloud.faults.clear();

  expect(failed.ok).toBe(false);
  expect(failed.text).toContain(`is kept in ${kept!.file}, and cannot be written where it belongs`);
  expect(failed.text).toContain("fix: mam state push staging");
  expect(kept).toMatchObject({ stack: "staging-data", verdict: "follows", standing: undefined });
  expect(statSync(kept!.file).mode & 0o777).toBe(0o600);
  expect(newestState(cloud, "data")).toBe("");

  const next = platform.session();
  const result = await deployEnvironment(next, confirmed, progress);

  expect(result.text).toContain("runs, and is verified");
  expect(told).toContainEqual(
    expect.stringMatching(
      /^ {2}writing states that could not be written before: staging-data, serial \d+$/,
    ),
  );
  expect(existsSync(kept!.file)).toBe(false);
  expect(lockKeys(cloud)).toEqual([]);
});
