import { keepAccount } from "../../src/digitalocean/keep.ts";
import { createDigitalOceanStore } from "../../src/digitalocean/seed.ts";

const anAccount = () =>
  createDigitalOceanStore(
    { tokens: [], members: ["owner@example.com"], registry: {} },
    new Date("2026-11-24T00:00:00Z"),
  );

test("an account comes back as it was, as often as it is wanted, and its lists stay the same ones", () => {
  const store = anAccount();
  const findings = ["before"];
  const { tags, insights } = store;
  const before = JSON.stringify(store);
  const back = keepAccount(store, findings);

  for (const name of ["one", "two"]) {
    store.tags.push({ name });
    store.externalRecords["www.example.com"] = "example.com";
    store.nextRecordId += 1;
    findings.push(name);
    back();

    expect(JSON.stringify(store)).toBe(before);
    expect(findings).toEqual(["before"]);
  }
  expect(store.tags).toBe(tags);
  expect(store.insights).toBe(insights);
});
