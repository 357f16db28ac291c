import type { Behaviour } from "../../src/engine/behaviour.ts";
import { planResource } from "../../src/engine/plan.ts";
import { emptyBlock } from "../../src/values/block-type.ts";
import { Unknown, UNKNOWN, type ObjectValue, type Value } from "../../src/values/value.ts";
import type { BlockSchema } from "../../src/schemas/index.ts";
import { computed, id, optional } from "../support/probe.ts";

const decided = { type: "string", optional: true, computed: true } as const;
const block: BlockSchema = {
  attributes: {
    id,
    name: { type: "string", required: true },
    note: optional("string"),
    size: optional("number"),
    urn: computed,
    range: decided,
    tags: optional(["set", "string"]),
  },
  block_types: {
    window: {
      nesting_mode: "list",
      block: { attributes: { hour: optional("string") }, block_types: {} },
    },
    rule: {
      nesting_mode: "set",
      block: {
        attributes: { value: optional("string"), uuid: computed, priority: decided },
        block_types: {},
      },
    },
  },
};
const behaviour: Behaviour = {
  force_new: ["name"],
  defaults: { note: "none" },
  diff_suppressed: { "window.hour": (old, wanted) => old === `${wanted}:00` },
  computed_blocks: ["window"],
};
const empty = emptyBlock(block);
const stored: ObjectValue = {
  ...empty,
  id: "it",
  name: "a",
  note: "none",
  size: 1,
  urn: "do:it",
  range: "10.0.0.0/20",
  window: [{ hour: "02:00" }],
  rule: [{ value: "x", uuid: "1", priority: "low" }],
};

/** What the configuration says: what the provider alone decides is not in it. */
const configured = (changes: ObjectValue = {}): ObjectValue => ({
  ...empty,
  name: "a",
  size: 1,
  window: [{ hour: "02:00" }],
  rule: [{ value: "x", uuid: null, priority: null }],
  ...changes,
});

const plan = (prior: ObjectValue | null, config: ObjectValue) =>
  planResource(block, behaviour, prior, config);

test("a new object takes its defaults, and what the provider decides is unknown", () => {
  const { planned } = plan(null, { ...empty, name: "a" });

  expect(planned).toMatchObject({ name: "a", note: "none", size: null });
  for (const name of ["id", "urn", "range", "window"]) expect(planned[name]).toBe(UNKNOWN);
});

test("nothing configured differently is no change at all", () => {
  expect(plan(stored, configured())).toEqual({ planned: stored, replaces: [] });
});

test.each<[string, ObjectValue, ObjectValue]>([
  ["an empty text for an absent one", { tags: null }, { tags: [] }],
  ["zero for an absent number", { size: null }, { size: 0 }],
  ["a suppressed difference", {}, { window: [{ hour: "02" }] }],
  ["what the provider decided before", { range: "10.9.0.0/20" }, { range: null }],
  ["an absent block that the API decides", {}, { window: [] }],
])("%s is no change", (_, before, changes) => {
  const prior: ObjectValue = { ...stored, ...before };

  expect(plan(prior, configured(changes)).planned).toEqual(prior);
});

test("taking a value away plans its absence", () => {
  expect(plan(stored, configured({ size: null })).planned.size).toBeNull();
});

test("a change that the provider cannot make replaces the object", () => {
  const { replaces } = plan(stored, configured({ name: "b" }));

  expect(replaces).toEqual([["name"], ["id"]]);
});

test("an element of a set keeps what the provider decided in it, whatever stands beside it", () => {
  const rules = [
    { value: "y", uuid: null, priority: null },
    { value: "x", uuid: null, priority: null },
  ];
  const { rule } = plan(stored, configured({ rule: rules })).planned;

  expect(rule).toContainEqual({ value: "x", uuid: "1", priority: "low" });
  expect((rule as readonly ObjectValue[]).find(({ value }) => value === "y")?.uuid).toBe(UNKNOWN);
});

test("a block whose number nobody knows yet is planned as unknown", () => {
  expect(plan(stored, configured({ rule: UNKNOWN })).planned.rule).toBe(UNKNOWN);
});

test("what is known of an unknown value is forgotten, as by the SDK", () => {
  const refined: Value = new Unknown(new Uint8Array([0x81, 0x01, 0xc2]));

  expect(plan(stored, configured({ note: refined })).planned.note).toBe(UNKNOWN);
});
