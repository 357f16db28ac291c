import { readFileSync } from "node:fs";

import { description } from "../../rehearsal/conformance/description.ts";
import { explanations } from "../../rehearsal/conformance/differences.ts";
import { conformance } from "../../rehearsal/conformance/report.ts";
import { conformanceFiles } from "../../scripts/conformance/files.ts";

const found = conformance();

test("the cloud differs from the platform's description only where a reason is given", () => {
  const unexplained = found.differences
    .filter(({ explanation }) => explanation === undefined)
    .map(({ operation, field, what }) => `${operation} ${field}: ${what}`);

  expect(unexplained).toEqual([]);
});

test.each(explanations)("$operations $fields still differs: $reason", (one) => {
  expect(found.differences.filter(({ explanation }) => explanation === one)).not.toEqual([]);
});

test("every described operation that is called or played has been asked", () => {
  expect(found.operations.toSorted()).toEqual(Object.keys(description.operations).toSorted());
});

test.each([...(await conformanceFiles(found))])(
  "%s has the numbers of today: npm run conformance:cloud -- --write",
  (path, text) => {
    expect(readFileSync(path, "utf8")).toBe(text);
  },
);
