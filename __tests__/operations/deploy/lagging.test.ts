import { lags } from "../../../operations/deploy/lagging.ts";
import type { ResourceChange } from "../../../operations/terraform/plan-json.ts";
import { plannedStack, resourceChange } from "../../support/plans.ts";

const zone = (argument: string, before: unknown, after: unknown) =>
  resourceChange("digitalocean_domain.zone", ["delete", "create"], {
    before: { name: "a.example", [argument]: before },
    after: { name: "a.example", [argument]: after },
    replace_paths: [[argument]],
  });

const user = (before: object, after: object) =>
  resourceChange("aws_iam_user.uploader", ["update"], { before, after });

test.each<[what: string, change: ResourceChange]>([
  ["a zone is made again under its name", zone("ip_address", "192.0.2.1", null)],
  ["a storage user is renamed", user({ name: "a" }, { name: "b" })],
  ["a storage user gets another path", user({ path: "/" }, { path: "/mam/" })],
])("when %s, something comes with the next plan only", (_, change) => {
  expect(lags(plannedStack("app", { resource_changes: [change] }))).toBe(true);
});

test.each<[what: string, change: ResourceChange]>([
  ["a zone gets another name, which its records follow", zone("name", "a.example", "b.example")],
  ["a zone goes", resourceChange("digitalocean_domain.zone", ["delete"])],
  [
    "a pool is replaced",
    resourceChange("digitalocean_database_connection_pool.p", ["delete", "create"]),
  ],
])("when %s, one plan does all of it", (_, change) => {
  expect(lags(plannedStack("app", { resource_changes: [change] }))).toBe(false);
});
