import { orderSets } from "../../src/engine/set-order.ts";
import type { BlockSchema } from "../../src/schemas/index.ts";
import { computed, optional } from "../support/probe.ts";

const element: BlockSchema = {
  attributes: {
    key: { type: "string", required: true },
    value: optional("string"),
    n: optional("number"),
    on: optional("bool"),
    uuid: computed,
    tags: optional(["set", "string"]),
  },
  block_types: {
    inner: {
      nesting_mode: "list",
      block: { attributes: { a: optional("string") }, block_types: {} },
    },
  },
};
const block: BlockSchema = {
  attributes: { regions: optional(["set", "string"]) },
  block_types: { rule: { nesting_mode: "set", block: element } },
};

// Both orders were printed by terraform-plugin-sdk 2.26.1 (schema.HashSchema and schema.HashResource).

test("a set of texts is listed in the SDK's order, which request bodies are sent in", () => {
  const regions = ["us_east", "eu_west", "se_asia", "us_west"];

  expect(orderSets({ regions }, block).regions).toEqual([
    "us_west",
    "eu_west",
    "us_east",
    "se_asia",
  ]);
});

test("a set of blocks is listed by what a user can set in them", () => {
  const rule = [
    { key: "A", value: "1", n: 0, on: false, uuid: "x", tags: [], inner: [] },
    { key: "B", value: "", n: 5, on: true, uuid: "x", tags: ["x", "y"], inner: [] },
    { key: "C", value: "2", n: -1, on: false, uuid: "x", tags: [], inner: [{ a: "q" }] },
    { key: "D", value: "2", n: 0, on: true, uuid: "x", tags: ["z"], inner: [{ a: "" }] },
  ];
  const listed = orderSets({ rule }, block).rule as readonly { key: string }[];

  expect(listed.map(({ key }) => key)).toEqual(["D", "A", "B", "C"]);
});
