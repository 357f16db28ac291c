import { serviceRoleNames } from "../../../../constructs/storage/service-roles.ts";
import { production } from "../../../../environments/production.ts";
import {
  type AccessCheck,
  allowedChecks,
  refusedChecks,
  accessCheckPermissions,
} from "../../../../operations/verify/storage-access/access-checks.ts";
import { storageAccess } from "../../../../scripts/storage-access.ts";
import { checked } from "../../../support/environments.ts";

const decide = storageAccess(checked(production));

const outcome = ({ role, action, tier }: AccessCheck) =>
  decide({
    principal: role === "nobody" ? "anonymous" : role,
    action: accessCheckPermissions[action],
    tier,
    ...(action === "list" ? {} : { key: "asset/clip.mov" }),
  }).outcome;

test.each(allowedChecks.map((check) => [check.role, check.action, check.tier, check] as const))(
  "%s may %s in %s by the policies, as verify expects",
  (...[, , , check]) => {
    expect(outcome(check)).toBe("allowed");
  },
);

test.each(refusedChecks.map((check) => [check.role, check.action, check.tier, check] as const))(
  "%s may not %s in %s by the policies, as verify expects",
  (...[, , , check]) => {
    expect(outcome(check)).not.toBe("allowed");
  },
);

test("every role is tried on what it may and on what it may not do", () => {
  for (const checks of [allowedChecks, refusedChecks]) {
    expect(new Set(checks.map(({ role }) => role))).toEqual(
      new Set([...serviceRoleNames, ...(checks === refusedChecks ? ["nobody"] : [])]),
    );
  }
});
