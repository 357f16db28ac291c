import { z } from "zod";

import { shapeOf, unwrap } from "../../../environments/schema/partial.ts";
import { environmentSchema } from "../../../environments/schema/environment.ts";

/** Every field of the configuration with its schema, by path. */
function fields(schema: z.core.$ZodType, path = ""): [string, z.core.$ZodType][] {
  const inner = unwrap(schema);
  const options = inner instanceof z.core.$ZodUnion ? inner._zod.def.options : [inner];
  const nested = options.flatMap((option) =>
    Object.entries(shapeOf(option) ?? {}).flatMap(([key, child]) =>
      fields(child, path ? `${path}.${key}` : key),
    ),
  );
  return path === "" ? nested : [[path, schema], ...nested];
}

const all = fields(environmentSchema);

test("the configuration has at most twelve sections beside its name", () => {
  const sections = all.filter(
    ([path, schema]) => !path.includes(".") && shapeOf(schema) !== undefined,
  );

  expect(sections.length).toBeLessThanOrEqual(12);
});

test("every field has a meaning and a unit", () => {
  const undocumented = all.filter(([, schema]) => {
    const meta = z.globalRegistry.get(schema);
    return !meta?.description || typeof meta.unit !== "string";
  });

  expect(all.length).toBeGreaterThan(100);
  expect(undocumented.map(([path]) => path)).toEqual([]);
});

test("every example is a value that its field accepts", () => {
  const wrong = all.flatMap(([path, schema]) => {
    const examples = z.globalRegistry.get(schema)?.examples;
    return (Array.isArray(examples) ? examples : [])
      .filter((example) => !z.safeParse(schema, example).success)
      .map((example) => `${path}: ${JSON.stringify(example)}`);
  });

  expect(wrong).toEqual([]);
});
