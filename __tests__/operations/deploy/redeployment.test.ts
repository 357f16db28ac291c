import { fingerprint } from "../../../operations/secrets/seal.ts";
import {
  type RedeploymentContext,
  redeploymentReasons,
} from "../../../operations/deploy/redeployment.ts";
import { anEnvironment, release } from "../../support/environments.ts";
import { plannedStack, resourceChange } from "../../support/plans.ts";
import { aPlatform } from "../../support/recorded/platform.ts";
import { entryOf } from "../ledger/entries.ts";

const { observed } = aPlatform(anEnvironment());
const newest = observed.app!.active_deployment!;
const postgres = { ...observed.postgres!, users: [{ name: "mam_app", password: "new" }] };

/** Terraform has nothing to change, and the app runs the release. */
const nothing: RedeploymentContext = {
  before: { app: observed.app!, newest },
  release,
  planned: [plannedStack("app", {})],
  entries: [],
  data: undefined,
};

const takenWith = (password: string) =>
  entryOf("1", {
    deployment: newest.id,
    passwords: { "mam_app of PostgreSQL": fingerprint(password) },
  });

const failed = { before: { app: observed.app!, newest: { id: "second", phase: "ERROR" } } };
const appChange = plannedStack("app", {
  resource_changes: [resourceChange("digitalocean_app.app", ["update"])],
});
const userPlan = (action: "create" | "update") =>
  plannedStack("data", {
    resource_changes: [
      resourceChange("digitalocean_database_user.user", [action], { after: { name: "mam_app" } }),
    ],
  });

test.each<[what: string, changed: Partial<RedeploymentContext>, reasons: readonly string[]]>([
  ["runs the release", {}, []],
  ["does not run the release", failed, ["it does not run the release"]],
  ["is changed by its plan anyway", { ...failed, planned: [appChange] }, []],
  ["is not planned yet", { ...failed, planned: [] }, []],
  ["is not there", { before: undefined, planned: [userPlan("create")] }, []],
  [
    "took the password that its user has",
    { data: { ...observed, postgres }, entries: [takenWith("new")] },
    [],
  ],
  [
    "took a password that was replaced since",
    { data: { ...observed, postgres }, entries: [takenWith("old")] },
    ["the password of mam_app of PostgreSQL is newer than its deployment"],
  ],
  ["took nobody knows which password", { data: { ...observed, postgres } }, []],
  [
    "needs a user that is made",
    { planned: [plannedStack("app", {}), userPlan("create")] },
    ["the database user mam_app gets another password"],
  ],
  ["needs a user that is changed", { planned: [plannedStack("app", {}), userPlan("update")] }, []],
])("an app that %s", (_, changed, reasons) => {
  expect(redeploymentReasons({ ...nothing, ...changed })).toEqual(reasons);
});
