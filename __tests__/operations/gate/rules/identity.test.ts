import { judge } from "../../../../operations/gate/gate.ts";
import type { ResourceChange } from "../../../../operations/terraform/plan-json.ts";
import { gateContext } from "../../../support/gate.ts";
import { resourceChange } from "../../../support/plans.ts";

const findings = async (...changes: ResourceChange[]) =>
  (await judge(gateContext(changes), [])).findings;

const user = (before: object, after: object) =>
  resourceChange("aws_iam_user.backup_writer", ["update"], { before, after });

test("a storage user that is renamed is refused, though Terraform calls it an update", async () => {
  const renamed = user(
    { name: "mam-production-backup-writer" },
    { name: "dam-production-backup-writer" },
  );

  expect(await findings(renamed)).toEqual([
    {
      id: "storage-user-renamed",
      severity: "error",
      resource: "storage user dam-production-backup-writer (aws_iam_user.backup_writer)",
      expected: "the name and path that it has",
      found:
        "name mam-production-backup-writer → dam-production-backup-writer: the user gets another ARN: bucket policies that name it follow only with the next plan, and refuse it nothing until then",
      fix: 'write it back: environments/production.ts: product: "mam"',
    },
  ]);
});

test("a storage user that gets another path is refused, with the rule's own fix", async () => {
  const [found] = await findings(user({ name: "a", path: "/" }, { name: "a", path: "/mam/" }));

  expect(found).toMatchObject({
    id: "storage-user-renamed",
    found: expect.stringMatching(/^path \/ → \/mam\/: the user gets another ARN/),
    fix: "write back the name that it has: it comes from product and name of the environment",
  });
});

test("an access key that is replaced is refused: a rotation makes a second one", async () => {
  const replaced = resourceChange("aws_iam_access_key.uploader_key_a", ["delete", "create"], {
    before: { user: "mam-production-uploader" },
    after: { user: "another" },
    replace_paths: [["user"]],
  });

  expect(await findings(replaced)).toEqual([
    {
      id: "access-key-replaced",
      severity: "error",
      resource: "access key of mam-production-uploader (aws_iam_access_key.uploader_key_a)",
      expected: "kept until a rotation has replaced it",
      found:
        "replaced: the old key stops working at once: services that have it fail until the app is deployed with the new one",
      fix: "take back the change that the plan names; to get another key: mam secrets rotate <environment> storage-key-<role>",
    },
  ]);
});

test.each([
  ["another id", { check_id: "two" }, {}],
  ["an id that is not known yet", {}, { check_id: true }],
])("an alert that moves to %s of a check is refused", async (_, after, after_unknown) => {
  const moved = resourceChange("digitalocean_uptime_alert.uptime_api_down", ["update"], {
    before: { name: "api down", check_id: "one" },
    after: { name: "api down", ...after },
    after_unknown,
  });

  expect(await findings(moved)).toMatchObject([
    {
      id: "uptime-alert-moved",
      expected: "an alert of the check that it was made for",
      found: expect.stringMatching(/^check_id one → .*: an alert cannot move to another check/),
    },
  ]);
});

test("keys that come and go, and alerts that change otherwise, are let pass", async () => {
  expect(
    await findings(
      resourceChange("aws_iam_access_key.uploader_key_b", ["create"], { after: {} }),
      resourceChange("digitalocean_uptime_alert.uptime_api_down", ["update"], {
        before: { check_id: "one", period: "2m" },
        after: { check_id: "one", period: "5m" },
      }),
    ),
  ).toEqual([]);
});
