import { left, touched } from "../../../../rehearsal/scenarios/hostile/account.ts";

const before = new Map([
  ["app theirs", '{"size":1}'],
  ["zone theirs", "{}"],
]);

test("what is the same to the last byte is not touched, whatever came beside it", () => {
  const after = new Map([...before, ["app ours", "{}"]]);

  expect(touched(before, after)).toEqual([]);
  expect(left(before, after)).toEqual(["app ours"]);
});

test("what is gone or another is named, with the place where it differs", () => {
  const after = new Map([["app theirs", '{"size":2}']]);

  expect(touched(before, after)).toEqual([
    'app theirs is another: {"size":1} became {"size":2}',
    "zone theirs is gone",
  ]);
});
