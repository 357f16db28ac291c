import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { statefulIn, taintedIn } from "../../../operations/terraform/taints.ts";

test("a tainted resource is told by its address, and an empty state has none", () => {
  const resource = (name: string, status: object) => ({
    mode: "managed",
    type: "aws_s3_bucket",
    name,
    instances: [{ attributes: {}, ...status }],
  });
  const resources = [resource("masters", { status: "tainted" }), resource("staging", {})];

  expect(taintedIn(JSON.stringify({ version: 4, resources }))).toEqual(["aws_s3_bucket.masters"]);
  expect(taintedIn("{}")).toEqual([]);
});

test("stateful is what says whether it may be destroyed, also when it may", () => {
  const directory = mkdtempSync(join(tmpdir(), "mam-taints-"));
  const resource = {
    aws_s3_bucket: {
      masters: { lifecycle: { prevent_destroy: true } },
      staging: { lifecycle: { prevent_destroy: false } },
    },
    aws_iam_user: { uploader: { lifecycle: { ignore_changes: [] } }, promoter: {} },
  };
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ resource }));
  const found = statefulIn({ directory });
  rmSync(directory, { recursive: true });

  expect(found).toEqual(["aws_s3_bucket.masters", "aws_s3_bucket.staging"]);
});
