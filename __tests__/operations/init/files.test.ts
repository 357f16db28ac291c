import { readFileSync } from "node:fs";

import { environmentFileFrom, indexWith } from "../../../operations/init/files.ts";

const source = {
  text: readFileSync("environments/staging.ts", "utf8"),
  file: "environments/staging.ts",
  name: "staging",
};
const name = { path: "name", from: "staging", to: "demo" };

test("the file of a new environment is that of the other one with its own values", () => {
  const range = { path: "network.vpcCidr", from: "10.121.0.0/20", to: "10.9.0.0/20" };
  const text = environmentFileFrom(source, "qa-eu", {
    values: [{ ...name, to: "qa-eu" }, range],
    left: [],
  });

  expect(text).toContain("/** Made from staging. */\nexport const qaEu: EnvironmentInput = {");
  expect(text).toContain('name: "qa-eu",\n  tier: "staging"');
  expect(text).toContain('vpcCidr: "10.9.0.0/20"');
  expect(text).not.toContain("10.121.0.0/20");
});

test("a file whose values are computed, or stand there twice, is not copied, and every one of them is named", () => {
  const twice = { path: "region", from: "nyc", to: "fra" };
  const text = source.text
    .replace('zone: "staging.northlight.example"', "zone: `staging.${domain}`")
    .replace("cache: {", 'cache: { region: "nyc",');
  const zone = { path: "domain.zone", from: "staging.northlight.example", to: "x" };

  const copy = () =>
    environmentFileFrom({ ...source, text }, "demo", {
      values: [name, twice, zone],
      left: ["state.adopted"],
    });

  expect(copy).toThrow(
    [
      "environments/staging.ts cannot be copied by itself: these do not stand in it exactly once.",
      '  region: "nyc"',
      '  zone: "staging.northlight.example"',
      "  state.adopted",
      "  fix: write the new environment by hand, as docs/environments.md shows",
    ].join("\n"),
  );
});

test.each([
  ["production, staging", "qa", "production, staging, qa };\n"],
  ["staging", "qa-eu", 'staging, "qa-eu": qaEu };\n'],
  ["production, staging", "demonstration", "{\n  production,\n  staging,\n  demonstration,\n};\n"],
])("the list of %s gets %s", (there, added, end) => {
  const text = `export const environments: Readonly<Record<string, EnvironmentInput>> = { ${there} };\n`;
  const index = indexWith({ text, file: "environments/index.ts" }, added);

  expect(index.startsWith("import { ")).toBe(true);
  expect(index.endsWith(end)).toBe(true);
});

test("a list that is written another way is left to its author", () => {
  const text = "export const environments = Object.fromEntries([]);\n";
  expect(() => indexWith({ text, file: "environments/index.ts" }, "demo")).toThrow(
    "environments/index.ts cannot be copied by itself: these do not stand in it exactly once.\n  = { … };\n  fix: write the new environment by hand",
  );
});
