import { Ledger } from "../../../../rehearsal/platform/people/ledger.ts";

test("counts refusals of one kind together, and says when the first was", () => {
  const ledger = new Ledger();
  const at = Date.UTC(2026, 10, 28, 12);
  ledger.note({ what: "the library", status: 200, at });
  ledger.note({ what: "the library", status: 503, at: at + 1000, refused: "no instance" });
  ledger.note({ what: "the library", status: 503, at: at + 2000, refused: "no instance" });

  expect(ledger.sent).toBe(3);
  expect(ledger.refused()).toEqual([
    "the library: 503, no instance (2 times, first 2026-11-28T12:00:01.000Z)",
  ]);
});

test("somebody whom an answer stopped counts as refused", () => {
  const ledger = new Ledger();
  ledger.stopped(new Error("expected JSON, got 502"));

  expect(ledger.refused()).toEqual([
    expect.stringMatching(/^what somebody was doing: no answer, expected JSON, got 502 \(1 times/),
  ]);
});
