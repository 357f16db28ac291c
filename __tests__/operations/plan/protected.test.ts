import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { judge } from "../../../operations/gate/gate.ts";
import { planOfProtected, protectedAddresses } from "../../../operations/plan/protected.ts";
import { TerraformFailed } from "../../../operations/terraform/process.ts";
import { anEnvironment, changed, checked } from "../../support/environments.ts";
import { gateContext } from "../../support/gate.ts";
import { stackOf } from "../../support/stacks.ts";

/** As Terraform 1.11.4 says it. */
const refusal = (address: string) => ({
  severity: "error",
  summary: "Instance cannot be destroyed",
  detail: `Resource ${address} has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed. To avoid this error and continue with the plan, either disable lifecycle.prevent_destroy or reduce the scope of the plan using the -target option.`,
});

const failed = (...addresses: string[]) =>
  new TerraformFailed("plan", "/stacks/production-storage", addresses.map(refusal));

const renamed = changed(({ storage }) => (storage.bucketPrefix = "northlight-media"));
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-protected-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const tiers = ["staging", "masters", "previews", "backups"];

/** What the gate says of a bucket prefix that was changed. */
async function judged() {
  const environment = { ...anEnvironment(), config: checked(renamed) };
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(stackOf(environment, "storage")));
  const state = {
    resources: tiers.map((tier) => ({
      type: "aws_s3_bucket",
      name: tier,
      instances: [{ attributes: { bucket: `northlight-mam-production-${tier}`, tags: {} } }],
    })),
  };
  const stack = {
    kind: "storage",
    name: "production-storage",
    directory,
    fingerprint: "",
    needs: { variables: [], providers: [], backend: "s3" },
  } as const;
  const failure = failed(...tiers.map((tier) => `aws_s3_bucket.${tier}`));
  const saved = await planOfProtected(stack, failure, {
    readState: () => Promise.resolve(JSON.stringify(state)),
    readDrift: () => Promise.resolve([]),
  });
  return judge(gateContext([], { environment, planned: [{ stack, saved: saved! }] }), []);
}

test("another bucket prefix is refused in the gate's words: the media, and the line that goes back", async () => {
  const { ok, findings } = await judged();

  expect(ok).toBe(false);
  expect(findings.find(({ resource }) => resource.includes("masters (aws"))).toEqual({
    id: "stateful",
    severity: "error",
    resource: "bucket northlight-mam-production-masters (aws_s3_bucket.masters)",
    expected: "kept",
    found:
      "replaced: the bucket is deleted with every object in it, and an empty one is made; one that is not empty stops the deployment half-way; it holds the masters: the originals, which cannot be made again",
    fix: 'write it back: environments/production.ts: storage: { bucketPrefix: "northlight-mam-production" }',
  });
  expect(findings.filter(({ id }) => id === "stateful")).toHaveLength(4);
  expect(JSON.stringify(findings)).not.toMatch(/prevent_destroy|-target/);
});

test("no reason lets pass what Terraform itself refuses", async () => {
  const { findings } = await judged();

  expect(findings.find(({ id }) => id === "protected")).toMatchObject({
    resource: "production-storage",
    found: expect.stringMatching(/^Terraform refuses it: aws_s3_bucket\.staging, /),
  });
});

test("a failure of another kind, or of more than that, stays as Terraform says it", () => {
  const other = { severity: "error", summary: "Error retrieving VPC", detail: "" };
  const both = new TerraformFailed("plan", "/s", [refusal("aws_s3_bucket.masters"), other]);

  expect(protectedAddresses(both)).toEqual([]);
  expect(protectedAddresses(new Error("no network"))).toEqual([]);
  expect(protectedAddresses(failed("aws_s3_bucket.masters", "aws_s3_bucket.masters"))).toEqual([
    "aws_s3_bucket.masters",
  ]);
});
