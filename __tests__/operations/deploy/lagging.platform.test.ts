import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { applyPlans } from "../../../operations/deploy/apply.ts";
import { outcomesBefore } from "../../../operations/deploy/outcomes.ts";
import { askDoctor, askWhatRuns, readLedgerOnce } from "../../../operations/deploy/preflight.ts";
import { untaintAndSeal, writeStacks } from "../../../operations/deploy/prepare.ts";
import { entryOf } from "../ledger/entries.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { planStacks } from "../../../operations/plan/plan-stacks.ts";
import { confirmed, silent } from "../../support/deploying.ts";
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
  const overrides = [{ rule: "stateful", reason: "the records are made again" }];
  const options = { ...confirmed, overrides };
  const opened = { session, options, progress: silent, store: ledgerOf(session) };
  const informed = { ...opened, ...(await readLedgerOnce(opened)) };
  const settled = { ...informed, ...(await askWhatRuns(informed)) };
  const checked = { ...settled, ...(await askDoctor(settled)) };
  const written = { ...checked, ...(await writeStacks(checked)) };
  const recovered = { ...written, ...(await untaintAndSeal(written)) };
  const { app } = recovered.stacks;
  setAddress(app.directory);
  const planned = await planStacks(recovered.session, [app], silent);
  const outcomes = outcomesBefore({ planned, reasons: {} });
  const addresses = planned.flatMap(({ saved }) =>
    saved.plan.resource_changes.map(({ address }) => address),
  );

  expect(addresses).toContain("digitalocean_domain.zone");
  const { error } = await applyPlans({
    ...recovered,
    planned,
    later: [],
    outcomes,
    entry: entryOf("one"),
  });

  expect(error).toBeUndefined();

  const [zone] = platform.cloud.digitalOcean.store.domains;
  const authorities = zone?.records.filter(({ type }) => type === "CAA").map(({ data }) => data);
  expect(authorities?.toSorted()).toEqual(["letsencrypt.org", "pki.goog"]);
  const [after] = await planStacks(session, [app], silent);
  expect(after?.saved.changes).toBe(false);
});
