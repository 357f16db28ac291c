import fc from "fast-check";

import { emptyBlock } from "../../src/values/block-type.ts";
import type { CtyType } from "../../src/values/type.ts";
import {
  isObject,
  isSequence,
  memberOf,
  Unknown,
  UNKNOWN,
  type Value,
} from "../../src/values/value.ts";
import type { BlockSchema, NestedBlockSchema } from "../../src/schemas/index.ts";
import { openEcho } from "../support/echo.ts";
import { optional } from "../support/probe.ts";
import { comparable, configurationText, expected } from "../support/terraform-values.ts";
import { types, valuesOf, type TypedValue } from "../support/typed-values.ts";

const required = { echo: { source: "rehearsal/echo" } };

/** How many values go through each Terraform process. */
const BATCH = 120;

/** Terraform makes all elements of a collection one type, which generated dynamic ones are not. */
function isUniform(type: CtyType, inCollection = false): boolean {
  if (type === "dynamic") return !inCollection;
  if (typeof type === "string") return true;
  if (type[0] === "tuple") return type[1].every((held) => isUniform(held, inCollection));
  if (type[0] === "object") {
    return Object.values(type[1]).every((held) => isUniform(held, inCollection));
  }
  return isUniform(type[1], true);
}

const known = types
  .filter((type) => isUniform(type))
  .chain((type) =>
    valuesOf(type, { nulls: true, unknowns: false }).map((value): TypedValue => ({ type, value })),
  );
const batches = fc.array(known, { minLength: BATCH, maxLength: BATCH });

function schemaOf(batch: readonly TypedValue[]): BlockSchema {
  const attributes = batch.map(({ type }, at) => [`v${at}`, optional(type)] as const);
  return { attributes: Object.fromEntries(attributes), block_types: {} };
}

/** Every third primitive outside sets becomes unknown. */
function withUnknowns({ value, type }: TypedValue): Value {
  let count = 0;
  const change = (held: Value, of: CtyType): Value => {
    if (of === "dynamic" || of[0] === "set" || held === null) return held;
    if (typeof of === "string") return (count += 1) % 3 === 1 ? UNKNOWN : held;
    if (isSequence(held)) {
      return held.map((item, at) =>
        change(item, of[0] === "tuple" ? (of[1][at] ?? "dynamic") : (of[1] as CtyType)),
      );
    }
    if (!isObject(held)) return held;
    return Object.fromEntries(
      Object.entries(held).map(([name, member]) => [
        name,
        change(member, of[0] === "object" ? (of[1][name] ?? "dynamic") : (of[1] as CtyType)),
      ]),
    );
  };
  return change(value, type);
}

function configurationOf(batch: readonly TypedValue[]): string {
  const values = batch.map(({ value, type }, at) => `"v${at}":${configurationText(value, type)}`);
  return `{"terraform":{"required_providers":${JSON.stringify(required)}},"resource":{
    "terraform_data":{"later":{}},"echo_it":{"it":{${values.join(",\n")}}}}}`;
}

const settings = { numRuns: 1, interruptAfterTimeLimit: 10_000, markInterruptAsFailure: true };

test("Terraform plans, applies and stores every value exactly as it was configured", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (batch) => {
      const echo = await openEcho(schemaOf(batch));
      const { errors } = await echo.directory.apply(configurationOf(batch));
      expect(errors).toEqual([]);
      const stored = echo.stored();
      echo.close();

      batch.forEach(({ value, type }, at) => {
        const wanted = expected(value, type);
        expect(comparable(memberOf(echo.received[0], `v${at}`), type)).toEqual(wanted);
        expect(comparable(memberOf(stored, `v${at}`), type)).toEqual(wanted);
      });
    }),
    settings,
  );
});

test("what Terraform does not know yet arrives as unknown, wherever it stands, and is taken back", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (generated) => {
      const batch = generated.map((one) => ({ ...one, value: withUnknowns(one) }));
      const echo = await openEcho(schemaOf(batch));
      const { errors } = await echo.directory.plan(configurationOf(batch));
      echo.close();

      expect(errors).toEqual([]);
      batch.forEach(({ value, type }, at) => {
        const received = comparable(memberOf(echo.received[0], `v${at}`), type);
        expect(received).toEqual(expected(value, type));
      });
    }),
    settings,
  );
});

test("what is known of an unknown value survives: Terraform concludes from it before anything is applied", async () => {
  const echo = await openEcho({ attributes: { a: optional("string") }, block_types: {} });
  echo.directory.write({
    terraform: { required_providers: required },
    resource: {
      terraform_data: { later: {} },
      echo_it: { it: { a: "vpc-${terraform_data.later.id}" } },
    },
    output: { concluded: { value: '${startswith(echo_it.it.a, "vpc-")}' } },
  });
  const { output } = await echo.directory.run("plan", "-no-color");
  echo.close();

  expect((memberOf(echo.received[0], "a") as Unknown).refinement).toBeDefined();
  expect(output).toMatch(/\+ concluded = true/);
});

test("absent blocks are empty or null as Terraform wants them, and given ones come back", async () => {
  const inner: BlockSchema = { attributes: { a: optional("number") }, block_types: {} };
  const nested = (nesting_mode: NestedBlockSchema["nesting_mode"]): NestedBlockSchema => ({
    nesting_mode,
    block: inner,
  });
  const block: BlockSchema = {
    attributes: {},
    block_types: {
      one: nested("single"),
      many: nested("list"),
      some: nested("set"),
      named: nested("map"),
      always: nested("group"),
    },
  };
  const echo = await openEcho(block);
  const configuration = (it: object) => ({
    terraform: { required_providers: required },
    resource: { echo_it: { it } },
  });
  const absent = await echo.directory.apply(configuration({}));
  const given = {
    one: { a: 1 },
    many: [{ a: 1 }, { a: null }],
    some: [{ a: 2 }, { a: 1 }],
    named: { x: { a: 1 } },
    always: { a: 5 },
  };
  const present = await echo.directory.apply(configuration(given));
  const [first] = echo.received;
  const stored = echo.stored();
  echo.close();

  expect([...absent.errors, ...present.errors]).toEqual([]);
  expect(first).toEqual({ ...emptyBlock(block), id: null });
  const wanted = comparable({ ...given, id: "it" }, echo.type);
  expect(comparable(stored, echo.type)).toEqual(wanted);
});
