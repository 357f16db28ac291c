import { renderCourse, renderLedger } from "../../../operations/rollback/text.ts";
import { entryOf, imagesOf } from "../ledger/entries.ts";

const [a, b] = [imagesOf("a"), imagesOf("b")];

test("the ledger comes newest first, with what runs marked and the first line of why something failed", () => {
  const failed = entryOf("2", { images: b, result: "failed", reason: "it failed\nand more" });
  const text = renderLedger(
    "staging",
    { entries: [entryOf("1", { images: a, deployment: "d" }), failed], oddities: [] },
    a,
  );

  expect(text.split("\n").map((line) => line.slice(0, 40).trimEnd())).toEqual([
    "   2  deployment          failed       s",
    "     frontend sha256:bbbbbbbbbbbb  api s",
    "     it failed",
    "→  1  deployment          succeeded    s",
    "     frontend sha256:aaaaaaaaaaaa  api s",
    "→ is what runs.",
    "Go back: mam rollback staging <release>",
    "",
  ]);
});

test("of many releases the newest are shown, and what runs may be in none", () => {
  const many = Array.from({ length: 25 }, (_, index) => entryOf(`r${index}`, { images: a }));
  const text = renderLedger("staging", { entries: many, oddities: [] }, b);

  expect(text).toContain("r24");
  expect(text).not.toContain("r4 ");
  expect(text).toContain("and 5 older: --json");
  expect(text).toContain("What runs is not in the ledger");
});

test("a rollback says where it goes, and what it cannot undo", () => {
  const course = { left: undefined, target: entryOf("1", { images: a }), unknown: true };
  const release = renderCourse(course, { images: b }, "release");

  expect(release).toContain("a rollback cannot return to it");
  expect(release).toContain("frontend  sha256:bbbbbbbbbbbb → sha256:aaaaaaaaaaaa");
  expect(release).toMatch(/migrations .*schema[^]*data .*restore[^]*settings .*stay/);
  expect(renderCourse(course, { images: b }, "emergency")).toMatch(/settings .*come back too/);
});
