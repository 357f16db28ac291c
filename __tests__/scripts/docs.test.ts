import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { generatedPages } from "../../scripts/docs/pages.ts";

const pages = await generatedPages(process.cwd());

test.each([...pages])("%s is up to date: npm run docs", (path, content) => {
  expect(readFileSync(path, "utf8")).toBe(content);
});

const written = ["README.md", "docs", "docs/decisions"]
  .flatMap((path) =>
    path.endsWith(".md") ? [path] : readdirSync(path).map((name) => join(path, name)),
  )
  .filter((path) => path.endsWith(".md"));

test.each(written)("every link of %s leads to a file of the project", (path) => {
  const links = [...readFileSync(path, "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)/g)];
  const broken = links
    .map(([, link = ""]) => link)
    .filter((link) => !existsSync(join(dirname(path), link)));

  expect(broken).toEqual([]);
});

const requirements = readFileSync("docs/requirements.md", "utf8");

test("every requirement has a row, and every file that a row names exists", () => {
  const ids = [...requirements.matchAll(/^\| (R\d+) /gm)].map(([, id]) => id);
  const files = [...requirements.matchAll(/`([\w./_-]+\/[\w./_-]*|[\w-]+\.(?:ts|json))`/g)].map(
    ([, file = ""]) => file,
  );

  expect(ids).toEqual(Array.from({ length: 18 }, (_, index) => `R${index + 1}`));
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  expect(files.length).toBeGreaterThan(30);
});
