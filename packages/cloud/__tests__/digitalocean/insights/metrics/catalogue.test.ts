import { catalogue } from "../../../../src/digitalocean/insights/metrics/catalogue.ts";

test("a name is in the catalogue once, dotted, with a unit and a source", () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  for (const { name, product, unit, source } of catalogue) {
    expect(name).toMatch(new RegExp(`^do\\.${product}\\.[a-z][a-z0-9_]*$`));
    expect(unit).not.toBe("");
    expect(source).not.toBe("");
  }
});

test("App Platform sends nothing by status code", () => {
  const names = catalogue.filter(({ product }) => product === "apps").map(({ name }) => name);
  expect(names).toHaveLength(11);
  expect(names.filter((name) => /error|status|[45]xx/.test(name))).toEqual([]);
});
