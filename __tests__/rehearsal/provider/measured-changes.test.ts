import {
  measuredChanges,
  type MeasuredChange,
  type MeasuredEdit,
  type MeasuredPart,
} from "@mam-infra/provider/schemas/changes/index";
import { edited } from "../../support/small-terraform/edit.ts";
import { openSmallPlatform } from "../../support/small-terraform/platform.ts";
import type { ObjectValue } from "@mam-infra/provider/values/value";
import type { StackPlan } from "../../support/small-terraform/stack.ts";

type Platform = Awaited<ReturnType<typeof openSmallPlatform>>;

let platform: Platform;

beforeAll(async () => {
  platform = await openSmallPlatform();
}, 60_000);

afterAll(() => platform.close());

const parts: readonly MeasuredPart[] = ["storage", "data", "app"];

const rows = parts.flatMap((part) =>
  measuredChanges(part).flatMap((change) =>
    change.edits.map((edit) => [change.on, JSON.stringify(edit), part, change, edit] as const),
  ),
);

function planOf(part: MeasuredPart, { on, stood }: MeasuredChange, edit: MeasuredEdit): StackPlan {
  const before = edited(platform.json[part], on, { set: stood });
  return platform.stacks[part].plan(edited(before, on, edit), { [on]: stood as ObjectValue });
}

/** What else a plan touches, by type. */
function dragged({ resources }: StackPlan, on: string) {
  const others = Object.entries(resources).filter(
    ([address, { action }]) => address !== on && action !== "nothing",
  );
  const types = new Set(others.map(([address]) => address.split(".")[0] ?? ""));
  return Object.fromEntries(
    [...types].map((type) => {
      const ofType = others.filter(([address]) => address.startsWith(`${type}.`));
      return [type, [ofType[0]?.[1].action, ofType.length]];
    }),
  );
}

test("nothing edited is nothing planned, in every stack", () => {
  for (const part of parts) {
    const { resources, refusals } = platform.stacks[part].plan(platform.json[part]);

    expect(refusals).toEqual([]);
    expect(Object.values(resources).filter(({ action }) => action !== "nothing")).toEqual([]);
  }
});

test.each(rows)("%s %s is planned as by the real provider", (on, _, part, change, edit) => {
  const plan = planOf(part, change, edit);

  if (change.notRehearsed !== undefined || change.planned === "refused") {
    expect(plan.refusals).toEqual([expect.stringContaining(change.says ?? "")]);
    return;
  }
  expect(plan.refusals).toEqual([]);
  expect([plan.resources[on]?.action, plan.resources[on]?.replaces ?? []]).toEqual([
    change.planned,
    change.replaces,
  ]);
  expect(dragged(plan, on)).toEqual(change.drags);
});

test("every change of a bucket carries the riders that the real plan shows", () => {
  const { edits } = measuredChanges("storage").find(
    ({ on, planned }) => on === "aws_s3_bucket.previews" && planned === "in place",
  )!;
  const edit = edits.find(({ set }) => set?.["versioning.enabled"] === false)!;
  const stack = edited(platform.json.storage, "aws_s3_bucket.previews", edit);
  const planned = platform.stacks.storage.plan(stack).resources["aws_s3_bucket.previews"]?.planned;

  expect(platform.stacks.storage.state("aws_s3_bucket.previews")).toMatchObject({
    cors_rule: [{ allowed_headers: null, expose_headers: null }],
    lifecycle_rule: [{ tags: null }, { tags: null }],
  });
  expect(planned).toMatchObject({
    cors_rule: [{ allowed_headers: [], expose_headers: [] }],
    lifecycle_rule: [{ tags: {} }, { tags: {} }],
  });
});

test("the measurements are all there", () => {
  expect(rows).toHaveLength(365);
});
