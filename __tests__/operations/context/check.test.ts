import { type CheckResult, countedResults } from "../../../operations/context/check.ts";
import type { Finding } from "../../../operations/context/finding.ts";

const result = (outcome: CheckResult["outcome"], ...severities: Finding["severity"][]) => ({
  ...{ id: "check", what: "Something holds.", outcome },
  findings: severities.map((severity) => ({
    ...{ id: "check", severity, resource: "it" },
    ...{ expected: "this", found: "that", fix: "mend it" },
  })),
});

test("a check that found nothing but warnings is counted as a warning, and no failure", () => {
  const results = [
    result("passed"),
    result("passed"),
    result("skipped"),
    result("failed", "warning", "warning"),
    result("failed", "warning", "error"),
  ];

  expect(countedResults({ ok: false, findings: [], results })).toBe(
    "2 passed, 1 warned, 1 failed, 1 skipped",
  );
  expect(countedResults({ ok: true, findings: [], results: results.slice(0, 2) })).toBe("2 passed");
});
