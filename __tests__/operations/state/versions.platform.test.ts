import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";

import { plainProgress } from "../../../operations/context/progress.ts";
import { bootstrapState } from "../../../operations/state/bootstrap.ts";
import { restoreState } from "../../../operations/state/restore.ts";
import { showStates } from "../../../operations/state/show.ts";
import { summarise } from "../../../operations/state/summary.ts";
import type { StateVersion } from "../../../operations/state-place/place.ts";
import { listStateVersions } from "../../../operations/state/versions.ts";
import { lockKeys, newestState } from "../../../rehearsal/harness/states.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { withConfig } from "../doctor/support/breakage.ts";

let platform: TestPlatform;
const silent = plainProgress(() => undefined);
const bucket = "northlight-mam-terraform-state-staging";

beforeAll(async () => {
  platform = await openDeployedPlatform();
});
afterAll(async () => {
  await platform.end();
});

const versions = async () => {
  const { data } = await listStateVersions(platform.session(), { operands: ["storage"] });
  return (data as { states: { versions: StateVersion[] }[] }).states[0]!.versions;
};
const restore = (...operands: string[]) => restoreState(platform.session(), { operands }, silent);
const put = (Key: string, Body: string) =>
  platform
    .session()
    .clients.spaces()
    .send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
const spaces = () => platform.cloud.spaces.store.buckets;

test("each state is shown with its serial, what it manages, and nothing of what it holds", async () => {
  const { data, text } = await showStates(platform.session());
  const { serial, resources } = summarise(newestState(platform.cloud, "app"));

  expect(data).toMatchObject({
    environment: "staging",
    backend: "spaces",
    states: expect.arrayContaining([
      expect.objectContaining({ stack: "staging-app", serial, resources: resources.length }),
    ]) as unknown,
  });
  expect(text).toContain(`States of staging, in the Spaces bucket ${bucket}`);
  expect(text).toMatch(
    new RegExp(`  staging-app +serial ${serial} +${resources.length} resources +Terraform 1\\.`),
  );
  expect(text.match(/free$/gm)).toHaveLength(3);
});

test("a lock that is held is shown with its holder, its age, and the line that gives it back", async () => {
  const lock = {
    ID: "0c3a9a6e",
    Who: "ci@runner",
    Operation: "OperationTypeApply",
    Created: new Date(Date.now() - 3 * 3600_000).toISOString(),
  };
  const key = "staging-data.tfstate.tflock";
  await put(key, JSON.stringify(lock));
  const { text, data } = await showStates(platform.session());
  const store = platform.session().clients.spaces();
  await store.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));

  expect(text).toMatch(
    / {2}staging-data .* locked by ci@runner \(OperationTypeApply\) for 3 hours$/m,
  );
  expect(text).toContain("if its run is dead: mam state unlock staging 0c3a9a6e");
  expect(JSON.stringify(data)).toContain('"id":"0c3a9a6e"');
});

test("an older version becomes the newest, says what it does not know any more, and the way back restores it", async () => {
  const before = newestState(platform.cloud, "storage");
  const state = JSON.parse(before) as { serial: number; resources: { type: string }[] };
  const earlier = {
    ...state,
    serial: state.serial - 1,
    resources: state.resources.filter(({ type }) => type !== "aws_iam_user"),
  };
  await put("staging-storage.tfstate", JSON.stringify(earlier));
  await put("staging-storage.tfstate", before);
  const [standing, older] = await versions();
  const { text, data } = await restore("staging-storage", older!.id);
  const restored = summarise(newestState(platform.cloud, "storage"));
  const { serial, resources } = summarise(before);

  expect(restored.serial).toBeGreaterThan(serial);
  expect(text).toContain(`, as serial ${restored.serial}. Nothing on the platforms was changed.`);
  expect(restored.resources.length).toBeLessThan(resources.length);
  expect((data as { forgotten: string[] }).forgotten).toEqual(
    resources.filter((address) => !restored.resources.includes(address)),
  );
  expect(text).toContain("It does not know any more, though it may stand:\n  aws_iam_user.");
  expect(text).toContain(`Back: mam state restore staging staging-storage ${standing!.id}`);

  const back = await restore("storage", standing!.id);

  expect(back.text).toContain("It knows again:\n  aws_iam_user.");
  const after = summarise(newestState(platform.cloud, "storage"));
  expect(after).toEqual({ ...summarise(before), serial: after.serial });
  expect(after.serial).toBeGreaterThan(restored.serial);
  expect(lockKeys(platform.cloud)).toEqual([]);
});

test("the version that stands is not written again", async () => {
  const [standing] = await versions();
  const { text } = await restore("storage", standing!.id);

  expect(text).toBe("That version of the state of staging-storage stands already.\n");
  expect((await versions())[0]).toEqual(standing);
});

test("a version that there is not, and a stack that there is not, are refused by name", async () => {
  await expect(restore("storage", "nothing")).rejects.toThrow(
    "There is no version nothing of the state of staging-storage.\n  fix: mam state versions staging staging-storage",
  );
  await expect(restore("disk", "x")).rejects.toThrow(
    "There is no stack disk.\n  fix: name one of staging-storage, staging-data, staging-app",
  );
});

test("a version of another life of the state is refused, and nothing is written", async () => {
  const standing = newestState(platform.cloud, "storage");
  const other = { ...(JSON.parse(standing) as object), lineage: "another" };
  await put("staging-storage.tfstate", JSON.stringify(other));
  await put("staging-storage.tfstate", standing);
  const [, wrong, ...rest] = await versions();

  await expect(restore("storage", wrong!.id)).rejects.toThrow(
    `Version ${wrong!.id} is of another state's life than the one of staging-storage which stands`,
  );
  expect(await versions()).toHaveLength(rest.length + 2);
});

test("a bucket that there is not is made: closed, with versions, proved to lock; a second time changes nothing", async () => {
  const elsewhere = () =>
    withConfig(platform.session(), ({ state }) => {
      state.backend = { kind: "spaces", bucket: "northlight-new-states" };
    });
  const first = await bootstrapState(elsewhere(), {}, silent);
  const made = spaces().get("northlight-new-states");
  const second = await bootstrapState(elsewhere(), {}, silent);

  const steps = ({ text }: { readonly text: string }) => text.match(/^ {2}.*$/gm);
  expect(steps(first)).toEqual([
    "  done now    it is there",
    "  so already  nobody without a key may list or read it",
    "  done now    it keeps every version of a state",
    "  proved      it refuses the second of two locks",
  ]);
  expect(made).toMatchObject({ versioning: "Enabled" });
  expect(made!.objects.size).toBe(0);
  expect(steps(second)).toEqual([
    "  so already  it is there",
    "  so already  nobody without a key may list or read it",
    "  so already  it keeps every version of a state",
    "  proved      it refuses the second of two locks",
  ]);
});

test("a bucket that anybody may list is closed; one that a policy lets anybody read is refused with the line that ends it", async () => {
  const { anybodyMay } = platform.cloud.spaces.account;
  anybodyMay.set(bucket, new Set(["s3:ListBucket"]));
  const { text } = await bootstrapState(platform.session(), {}, silent);

  expect(text).toMatch(/^ {2}done now +nobody without a key may list or read it$/m);
  expect(anybodyMay.get(bucket)).toEqual(new Set());

  anybodyMay.set(bucket, new Set(["s3:GetObject"]));
  const tried = bootstrapState(platform.session(), {}, silent).finally(() =>
    anybodyMay.delete(bucket),
  );

  await expect(tried).rejects.toThrow(
    /anybody may read staging-storage\.tfstate, .* all the same\.\n {2}fix: aws s3api delete-bucket-policy .* --bucket northlight-mam-terraform-state-staging/,
  );
});

test("a store that does not lock is no place for states", async () => {
  const { account } = platform.cloud.spaces;
  account.ignoresConditions = true;
  const tried = bootstrapState(platform.session(), {}, silent);

  await expect(tried).rejects.toThrow("takes both of two locks");
  account.ignoresConditions = false;
});
