import { renderCourse, renderLedger } from "../../../operations/rollback/text.ts";
import { entryOf, imagesOf } from "../ledger/entries.ts";

const [a, b] = [imagesOf("a"), imagesOf("b")];
const now = (running: typeof a) => ({ running, settings: "s" });

test("the ledger comes newest first, with what runs marked and the first line of why something failed", () => {
  const failed = entryOf("2", { images: b, result: "failed", reason: "it failed\nand more" });
  const text = renderLedger(
    "staging",
    { entries: [entryOf("1", { images: a, deployment: "d" }), failed], oddities: [] },
    now(a),
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
  const text = renderLedger("staging", { entries: many, oddities: [] }, now(b));

  expect(text).toContain("r24");
  expect(text).not.toContain("r4 ");
  expect(text).toContain("and 5 older: --json");
  expect(text).toContain("What runs is not in the ledger");
});

test("the ledger says what each release was made from, and whether its images are all that differs", () => {
  const commit = "d4c399ff99a991c998a15c23fa307f4c52b0cde2";
  const entries = [
    entryOf("older", { commit }),
    entryOf("other", { commit: `${commit}+`, settings: "t" }),
    entryOf("same", { commit, settings: "s" }),
  ];
  const lines = renderLedger("staging", { entries, oddities: [] }, now(b)).split("\n");

  expect([2, 5, 8].map((line) => lines[line])).toEqual([
    "     revision d4c399ff99a9",
    "     revision d4c399ff99a9+, other settings than the files have now",
    "     revision d4c399ff99a9",
  ]);
});

test("a release whose images are not all of it is said to be before it is gone back to", () => {
  const course = { left: undefined, target: entryOf("1", { images: a }), unknown: false };

  expect(renderCourse(course, { images: b }, "release")).not.toContain("alone");
  expect(renderCourse(course, { images: b }, "release", ["git checkout d4c3"])).toContain(
    "Images alone do not restore release 1: it was made from other settings or code.\n  git checkout d4c3\n",
  );
});

test("a rollback says where it goes, and what it cannot undo", () => {
  const course = { left: undefined, target: entryOf("1", { images: a }), unknown: true };
  const release = renderCourse(course, { images: b }, "release");

  expect(release).toContain("a rollback cannot return to it");
  expect(release).toContain("frontend  sha256:bbbbbbbbbbbb → sha256:aaaaaaaaaaaa");
  expect(release).toMatch(/migrations .*schema[^]*data .*restore[^]*settings .*stay/);
  expect(renderCourse(course, { images: b }, "emergency")).toMatch(/settings .*come back too/);
});
