import fc from "fast-check";

import { valueAt } from "../../environments/rules/findings.ts";
import { environmentSchema } from "../../environments/schema/environment.ts";
import { configurationPage } from "../../scripts/docs/configuration.ts";
import { arbitraryEnvironment } from "../support/arbitrary-environment.ts";

/** What the page says of each field. */
const [page = ""] = configurationPage().split("## Regions");
const rows = [...page.matchAll(/^\| `([\w.]+)` (?:\|[^|]*){2}\| ([^|]+) \|/gm)].map(
  ([, path = "", standard = ""]) => [path, standard.trim()] as const,
);

/** Environments of every kind, which the schema accepts. */
const environments = fc.sample(arbitraryEnvironment, { seed: 1, numRuns: 300 });

function without(environment: object, path: string): unknown {
  const draft = structuredClone(environment);
  const steps = path.split(".");
  const parent = valueAt(draft, steps.slice(0, -1).join("."));
  Reflect.deleteProperty(parent as object, steps.at(-1)!);
  return draft;
}

test("the page has a row for every field", () => {
  expect(rows.length).toBeGreaterThan(100);
});

test.each(rows)(
  "%s may be left out if the page says so, and has the default that it says: %s",
  (path, standard) => {
    const having = environments.filter((environment) => valueAt(environment, path) !== undefined);
    const results = having
      .slice(0, 20)
      .map((environment) => environmentSchema.safeParse(without(environment, path)));

    expect(results.length).toBeGreaterThan(0);
    for (const { success, data } of results) {
      const found = success ? valueAt(data, path) : undefined;
      const absent = success ? "none" : "**required**";
      expect(found === undefined ? absent : `\`${JSON.stringify(found)}\``).toBe(standard);
    }
  },
);
