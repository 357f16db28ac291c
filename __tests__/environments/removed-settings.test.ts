import fc from "fast-check";
import { z } from "zod";

import { shapeOf, unwrap } from "../../environments/schema/partial.ts";
import { nothingRotated } from "../../environments/schema/rotation.ts";
import { type EnvironmentInput, environmentSchema } from "../../environments/schema/environment.ts";
import { effectOf } from "../../operations/effects/effects.ts";
import { removableSettings } from "../../operations/plan/kept.ts";
import { arbitraryEnvironment } from "../support/arbitrary-environment.ts";
import { release } from "../support/environments.ts";
import { type TerraformJson, stacksOf } from "../support/stacks.ts";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isOptional = (schema: z.core.$ZodType): boolean =>
  schema instanceof z.ZodOptional ||
  schema instanceof z.ZodDefault ||
  schema instanceof z.ZodPrefault;

/** Paths of all settings that may be left out. */
function optionalPaths(schema: z.core.$ZodType, path: string): string[] {
  const own = path !== "" && isOptional(schema) ? [path] : [];
  const inside = Object.entries(shapeOf(unwrap(schema)) ?? {}).flatMap(([key, field]) =>
    optionalPaths(field, path === "" ? key : `${path}.${key}`),
  );
  return [...own, ...inside];
}

/** An input without any setting that may be left out. */
function bare(schema: z.core.$ZodType, input: unknown): unknown {
  const shape = shapeOf(unwrap(schema));
  if (!shape || !isFields(input)) return input;
  return Object.fromEntries(
    Object.entries(input).flatMap(([key, value]) => {
      const field = shape[key];
      return !field || isOptional(field) ? [] : [[key, bare(field, value)]];
    }),
  );
}

function isSet(input: unknown, path: string): boolean {
  return (
    path
      .split(".")
      .reduce<unknown>((held, step) => (isFields(held) ? held[step] : undefined), input) !==
    undefined
  );
}

const paths = optionalPaths(environmentSchema, "");

/** Few inputs, in which every optional setting is written at least once. */
function chosen(): EnvironmentInput[] {
  let missing = paths;
  const inputs: EnvironmentInput[] = [];
  for (const input of fc.sample(arbitraryEnvironment, { numRuns: 400, seed: 20 })) {
    const left = missing.filter((path) => !isSet(input, path));
    if (left.length < missing.length) inputs.push(input);
    missing = left;
  }
  expect(missing).toEqual([]);
  return inputs;
}

const written = (input: unknown) => {
  const config = environmentSchema.parse(input);
  return Object.values(stacksOf([{ config, release, rotation: nothingRotated }]).stacks);
};

/** Arguments that stand in one value of a resource and not in another, without indexes. */
function missingIn(value: unknown, before: unknown, path = ""): string[] {
  if (value === undefined && path !== "") return [path];
  if (Array.isArray(before)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return items.flatMap((item, at) => missingIn(item, before[at], path));
  }
  if (!isFields(before) || !isFields(value)) return [];
  return Object.entries(before)
    .filter(([name]) => name !== "//" && name !== "lifecycle")
    .flatMap(([name, held]) =>
      missingIn(value[name], held, path === "" ? name : `${path}.${name}`),
    );
}

/** What a stack says of the resources of another one, and that one does not. */
function removed(after: TerraformJson, before: TerraformJson): string[] {
  return Object.entries(before.resource).flatMap(([type, byName]) =>
    Object.entries(byName)
      .filter(([name]) => after.resource[type]?.[name])
      .flatMap(([name, block]) =>
        missingIn(after.resource[type]?.[name], block)
          .filter((argument) => effectOf(type, argument, "removed")?.planned === "nothing")
          .map((argument) => `${type}.${name} ${argument}`),
      ),
  );
}

test("a setting that is left out is written with its default, changes something, or is said", () => {
  const said = removableSettings.map(({ address, argument }) => `${address} ${argument}`);
  const silent = chosen().flatMap((input) => {
    const [full, without] = [written(input), written(bare(environmentSchema, input))];
    // A stack that is not written any more is not left out of anything: all of it goes.
    return full.flatMap((stack, at) => (without[at] ? removed(without[at], stack) : []));
  });

  expect(paths.length).toBeGreaterThan(100);
  expect([...new Set(silent)].filter((one) => !said.includes(one))).toEqual([]);
  expect([...new Set(silent)].sort()).toEqual(said.toSorted());
});
