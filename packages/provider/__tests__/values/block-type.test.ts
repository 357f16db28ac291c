import { blockType, emptyBlock, withEmptyBlocks } from "../../src/values/block-type.ts";
import type { BlockSchema, NestedBlockSchema } from "../../src/schemas/index.ts";

const inner: BlockSchema = {
  attributes: { a: { type: "string", optional: true } },
  block_types: {},
};
const nested = (nesting_mode: NestedBlockSchema["nesting_mode"]): NestedBlockSchema => ({
  nesting_mode,
  block: inner,
});
const block: BlockSchema = {
  attributes: { name: { type: "string", required: true } },
  block_types: {
    one: nested("single"),
    many: nested("list"),
    some: nested("set"),
    named: nested("map"),
    always: nested("group"),
  },
};

test("a block's type holds its attributes and one attribute for each block inside", () => {
  const held = ["object", { a: "string" }];

  expect(blockType(block)).toEqual([
    "object",
    {
      name: "string",
      one: held,
      many: ["list", held],
      some: ["set", held],
      named: ["map", held],
      always: held,
    },
  ]);
});

test("an absent block is an empty collection and never null, but a single one is null", () => {
  expect(emptyBlock(block)).toEqual({
    name: null,
    one: null,
    many: [],
    some: [],
    named: {},
    always: { a: null },
  });
});

test("a stored block of which nothing was said is filled in, at every depth; what is there stays", () => {
  const outer: BlockSchema = {
    attributes: {},
    block_types: { holder: { nesting_mode: "list", block } },
  };
  const stored = { ...emptyBlock(block), name: "a", many: null, some: null, named: null };

  expect(withEmptyBlocks(outer, { holder: [stored] })).toEqual({
    holder: [{ ...emptyBlock(block), name: "a" }],
  });
  expect(withEmptyBlocks(block, { ...stored, many: [{ a: "x" }] }).many).toEqual([{ a: "x" }]);
});
