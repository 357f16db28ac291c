import { valueFromStateJson } from "../../src/values/state-json.ts";
import { Dynamic } from "../../src/values/value.ts";

test("a stored number keeps every digit, and digits inside a string stay text", () => {
  const json = '{"n": 9007199254740993, "f": 1.10, "s": "12 \\"34\\" 5", "l": [-1e3, "7"]}';

  expect(
    valueFromStateJson(json, [
      "object",
      { n: "number", f: "number", s: "string", l: ["tuple", ["number", "string"]] },
    ]),
  ).toEqual({ n: 9007199254740993n, f: 1.1, s: '12 "34" 5', l: [-1000, "7"] });
});

test("attributes that the schema no longer has are dropped, new ones are null", () => {
  expect(
    valueFromStateJson('{"old": 1, "kept": "x"}', ["object", { kept: "string", added: "bool" }]),
  ).toEqual({
    kept: "x",
    added: null,
  });
});

test("a dynamic value is stored beside its type", () => {
  expect(valueFromStateJson('{"type": ["list", "number"], "value": [1]}', "dynamic")).toEqual(
    new Dynamic(["list", "number"], [1]),
  );
});
