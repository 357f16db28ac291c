import { readFileSync } from "node:fs";

import satisfies from "semver/functions/satisfies.js";

const read = (file: string) => readFileSync(file, "utf8");

const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };

test("the version that nvm and mise choose is the default that the first page names, and is supported", () => {
  const chosen = read(".nvmrc").trim();

  expect(chosen).toBe("22");
  expect(satisfies(`${chosen}.99.0`, engines.node)).toBe(true);
  expect(read("README.md")).toContain(`[Node.js ${chosen}](docs/node.md)`);
});

/** The lowest versions that the project allows: what runs there runs on all above, as far as packages say. */
const lowest = ["20.19.0", "22.13.0"];

test("no installed package asks for another Node.js than those that the project allows", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as {
    packages: Readonly<Record<string, { readonly engines?: { readonly node?: string } }>>;
  };
  const asking = Object.entries(packages).flatMap(([path, { engines: { node } = {} }]) =>
    node === undefined ? [] : [{ path, node }],
  );

  expect(asking.length).toBeGreaterThan(100);
  for (const version of lowest) {
    expect(asking.filter(({ node }) => !satisfies(version, node))).toEqual([]);
  }
  expect(engines.node).toBe(lowest.map((one) => `^${one.replace(/\.0$/, "")}`).join(" || "));
});

test("a version that the page says does not work is none that package.json allows", () => {
  const rows = [...read("docs/node.md").matchAll(/^\| (\d+)[^|]*\|[^|]*\| (yes|no) +\|/gm)];
  const worksBy = new Map(rows.map(([, version, works]) => [version, works === "yes"]));

  expect([...worksBy.keys()]).toEqual(["20", "22", "24"]);
  for (const [version, works] of worksBy) {
    expect(satisfies(`${version}.99.0`, engines.node)).toBe(works);
  }
});
