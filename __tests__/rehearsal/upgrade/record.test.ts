import {
  type RecordedUpgrade,
  readUpgrades,
  withUpgrade,
} from "../../../rehearsal/upgrade/record.ts";
import { upgradesPage } from "../../../scripts/docs/upgrades.ts";

const played = (change: Partial<RecordedUpgrade> = {}): RecordedUpgrade => ({
  environment: "staging",
  from: "Terraform 1.11.4",
  to: "OpenTofu 1.11.5",
  over: [{ stack: "data", changes: [] }],
  released: true,
  back: [{ stack: "data", changes: [] }],
  on: "2026-01-01",
  ...change,
});

test("an upgrade takes the place of the last one between the same sides, and of no other", () => {
  const back = played({ from: "OpenTofu 1.11.5", to: "Terraform 1.11.4" });
  const kept = withUpgrade(withUpgrade([], played()), back);

  expect(withUpgrade(kept, played({ on: "2026-01-02" })).map(({ from, on }) => [from, on])).toEqual(
    [
      ["OpenTofu 1.11.5", "2026-01-01"],
      ["Terraform 1.11.4", "2026-01-02"],
    ],
  );
});

test("the page says what a plan would do, and what was not played", () => {
  const changes = ["digitalocean_app.app: update of spec"];
  const page = upgradesPage([
    played({ over: [{ stack: "app", changes }] }),
    played({ environment: "production", released: false, back: [] }),
  ]);

  expect(page).toContain(
    "| app: digitalocean_app.app: update of spec | deployed | empty, 1 stacks",
  );
  expect(page).toContain("| empty, 1 stacks | **not deployed** | **not played** |");
});

test("every upgrade that is kept went through, there and back", () => {
  const open = readUpgrades()
    .filter(
      ({ over, released, back }) =>
        !released || [...over, ...back].some(({ changes }) => changes.length > 0),
    )
    .map(({ from, to }) => `${from} to ${to}`);

  expect(readUpgrades().length).toBeGreaterThan(0);
  expect(open).toEqual([]);
});
