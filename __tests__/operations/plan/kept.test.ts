import { keptIn, removableSettings } from "../../../operations/plan/kept.ts";
import { explainPlan } from "../../../operations/plan/explanation.ts";
import { renderMarkdown } from "../../../operations/review/markdown.ts";
import { renderPlan } from "../../../operations/plan/text.ts";
import { anEnvironment } from "../../support/environments.ts";

const state = (type: string, name: string, attributes: object) =>
  JSON.stringify({ resources: [{ type, name, instances: [{ attributes }] }] });

const lock = [
  {
    object_lock_enabled: "Enabled",
    rule: [{ default_retention: [{ mode: "GOVERNANCE", days: 30 }] }],
  },
];

const kept = keptIn(
  removableSettings,
  new Map([
    ["storage", state("aws_s3_bucket", "masters", { object_lock_configuration: lock })],
    ["data", state("digitalocean_database_cluster", "postgres", { storage_size_mib: "61440" })],
  ]),
);

test("what stands and is not written is said with what it means", () => {
  expect(kept).toEqual([
    {
      field: "storage.masters.objectLock",
      value: "GOVERNANCE for 30 days",
      means: "object lock stays as it is on the bucket",
    },
    {
      field: "database.storageGib",
      value: "60 GiB",
      means: "the disk stays as large as it is",
    },
  ]);
});

test("nothing is said of what does not stand, nor before there is a state", () => {
  const none = new Map([
    ["storage", state("aws_s3_bucket", "masters", { object_lock_configuration: [] })],
  ]);

  expect(keptIn(removableSettings, none as never)).toEqual([]);
  expect(keptIn(removableSettings, new Map([["data", undefined]]))).toEqual([]);
});

test("a plan says what stays, for a terminal and for a pull request", () => {
  const explanation = explainPlan(anEnvironment(), [], {}, kept);

  expect(renderPlan(explanation, { all: false })).toContain(
    `stays as it is: the environment says nothing of it
  storage.masters.objectLock  GOVERNANCE for 30 days: object lock stays as it is on the bucket
`,
  );
  expect(renderMarkdown(explanation)).toContain(
    "| `database.storageGib` | 60 GiB | the disk stays as large as it is |",
  );
});
