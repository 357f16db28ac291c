import { silent } from "../../support/deploying.ts";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { examine } from "../../../operations/deploy/examination.ts";
import { applyPlans, outcomesBefore } from "../../../operations/deploy/execution.ts";
import { prepareDeployment } from "../../../operations/deploy/preparation.ts";
import { currentHistory } from "../../../operations/deploy/record.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { planStacks } from "../../../operations/plan/plan-stacks.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openDeployedPlatform();
}, 60_000);

afterAll(() => platform.end());

/** Sets the zone's address, as a change of the code would, with its protection taken off. */
function setAddress(directory: string): void {
  const file = join(directory, "cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8")) as {
    resource: { digitalocean_domain: { zone: Record<string, unknown> } };
  };
  Object.assign(stack.resource.digitalocean_domain.zone, {
    ip_address: "192.0.2.1",
    lifecycle: { prevent_destroy: false },
  });
  writeFileSync(file, JSON.stringify(stack));
}

test("a zone that is made again gets its records back in the same deployment", async () => {
  const session = platform.session();
  const grounds = {
    kind: "deployment" as const,
    confirm: () => Promise.resolve(true),
    overrides: [{ rule: "stateful", reason: "the records are made again" }],
    history: await currentHistory(ledgerOf(session)),
  };
  const examination = await examine(session, grounds, silent);
  const prepared = await prepareDeployment(session, examination, { all: true }, silent);
  const { app } = prepared.stacks;
  setAddress(app.directory);
  const preparation = { ...prepared, planned: await planStacks(session, [app], silent) };
  const addresses = preparation.planned.flatMap(({ saved }) =>
    saved.plan.resource_changes.map(({ address }) => address),
  );

  expect(addresses).toContain("digitalocean_domain.zone");
  await applyPlans(preparation, outcomesBefore(preparation), silent);

  const [zone] = platform.cloud.digitalOcean.store.domains;
  const authorities = zone?.records.filter(({ type }) => type === "CAA").map(({ data }) => data);
  expect(authorities?.toSorted()).toEqual(["letsencrypt.org", "pki.goog"]);
  const [after] = await planStacks(session, [app], silent);
  expect(after?.saved.changes).toBe(false);
});
