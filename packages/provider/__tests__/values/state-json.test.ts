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

test.each([
  ['{"spec": [{"env": {"A": true}}]}', 'spec[0].env["A"]: expected string, found boolean'],
  ['{"spec": {"env": {}}}', "spec: expected list, found object"],
  ['{"spec": [{"on": "yes"}]}', "spec[0].on: expected bool, found string"],
  ['{"spec": [{"port": "http"}]}', "spec[0].port: expected number, found string"],
  ['{"spec": [{"any": {"type": "nothing"}}]}', "spec[0].any: expected dynamic, found object"],
])("what is stored in another shape is named by its path: %s", (json, message) => {
  expect(() =>
    valueFromStateJson(json, [
      "object",
      {
        spec: [
          "list",
          ["object", { env: ["map", "string"], on: "bool", port: "number", any: "dynamic" }],
        ],
      },
    ]),
  ).toThrow(message);
});
