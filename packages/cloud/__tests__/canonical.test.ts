import { randomUUID } from "node:crypto";

import { canonical } from "../src/canonical.ts";

const state = () => {
  const [app, vpc] = [randomUUID(), randomUUID()];
  return {
    vpcs: [{ urn: `do:vpc:${vpc}`, id: vpc, created_at: new Date().toISOString() }],
    apps: [{ name: "mam", id: app, vpc, absent: undefined }],
    byId: { [app]: 1 },
  };
};

test("two states that differ only in generated ids and times are equal", () => {
  expect(canonical(state())).toEqual(canonical(state()));
});

test("an id keeps its placeholder wherever it appears", () => {
  expect(canonical(state())).toEqual({
    apps: [{ id: "id-1", name: "mam", vpc: "id-2" }],
    byId: { "id-1": 1 },
    vpcs: [{ created_at: "time", id: "id-2", urn: "do:vpc:id-2" }],
  });
});

test("keys are in alphabetical order", () => {
  expect(JSON.stringify(canonical({ b: 1, a: { d: null, c: 2 } }))).toBe(
    '{"a":{"c":2,"d":null},"b":1}',
  );
});

test("other generated text is replaced before ids", () => {
  const generated = [{ name: "EV", pattern: /EV\[[^\]]*\]/g }];
  expect(canonical(["EV[1:x:y]", "EV[1:z:y]", "EV[1:x:y]"], generated)).toEqual([
    "EV-1",
    "EV-2",
    "EV-1",
  ]);
});
