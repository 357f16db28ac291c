import { chooseCourse } from "../../../operations/rollback/target.ts";
import { entryOf, imagesOf } from "../ledger/entries.ts";

const [a, b, x] = [imagesOf("a"), imagesOf("b"), imagesOf("f")];
const entries = [
  entryOf("1", { images: a, deployment: "d1" }),
  entryOf("2", { images: b, result: "failed" }),
];

test("after a release that failed it goes to the one that still runs", () => {
  const course = chooseCourse(entries, a, undefined);

  expect([course.left?.id, course.target.id, course.unknown]).toEqual(["2", "1", false]);
});

test("what runs and is not in the ledger is said, and the newest good release is gone to", () => {
  const course = chooseCourse([entryOf("1", { images: a, deployment: "d1" })], x, undefined);

  expect([course.left, course.target.id, course.unknown]).toEqual([undefined, "1", true]);
});

test("only a release that ran can be named, and those are listed", () => {
  expect(chooseCourse(entries, b, "1").target.id).toBe("1");
  expect(() => chooseCourse(entries, a, "2")).toThrow("Release 2 never ran. Expected one of: 1");
  expect(() => chooseCourse(entries, a, "9")).toThrow(
    "no release 9 in the ledger. Expected one of: 1",
  );
});

test("without another good release there is nowhere to go", () => {
  expect(() => chooseCourse([entryOf("1", { images: a })], a, undefined)).toThrow(
    "no other good release",
  );
});
