import { restorePlanned } from "../../src/engine/normalise.ts";
import { UNKNOWN } from "../../src/values/value.ts";

const object = ["object", { text: "string", list: ["list", "string"] }] as const;
const variables = ["set", ["object", { key: "string", value: "string" }]] as const;

test("null and empty are told apart again, as they were planned", () => {
  expect(restorePlanned({ text: null, list: [] }, { text: "", list: null }, object)).toEqual({
    text: "",
    list: null,
  });
  expect(restorePlanned(null, [], ["list", "string"])).toEqual([]);
  expect(restorePlanned([], null, ["map", "string"])).toBeNull();
});

test("a wholly planned set is taken for what was applied: a secret stays in clear in the state", () => {
  const planned = [{ key: "PASSWORD", value: "plain" }];

  expect(restorePlanned([{ key: "PASSWORD", value: "EV[1:x:y]" }], planned, variables)).toBe(
    planned,
  );
});

test("a set of which something was unknown stays as the API answered it", () => {
  const applied = [{ key: "PASSWORD", value: "EV[1:x:y]" }];

  expect(restorePlanned(applied, [{ key: "PASSWORD", value: UNKNOWN }], variables)).toBe(applied);
});

test("what the API changed in a list stays changed", () => {
  expect(restorePlanned(["b"], ["a"], ["list", "string"])).toEqual(["b"]);
  expect(restorePlanned(["a", "b"], ["a"], ["list", "string"])).toEqual(["a", "b"]);
});
