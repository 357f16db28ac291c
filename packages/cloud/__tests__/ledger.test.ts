import { Ledger } from "../src/ledger.ts";
import type { LedgerEntry } from "../src/ledger.ts";

const entry: LedgerEntry = {
  at: "2026-12-01T00:00:00.000Z",
  platform: "spaces",
  caller: "Terraform/1.11.4",
  method: "PUT",
  path: "/state/key",
  query: "",
  status: 200,
};

test("requests are kept in order, and a list once read does not grow", () => {
  const ledger = new Ledger();
  ledger.record(entry);
  const read = ledger.entries();

  ledger.record({ ...entry, status: 412 });

  expect(read).toHaveLength(1);
  expect(ledger.entries().map(({ status }) => status)).toEqual([200, 412]);
});
