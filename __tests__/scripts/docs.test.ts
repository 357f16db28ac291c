import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { z } from "zod";

import { generatedPages } from "../../scripts/docs/pages.ts";

const pages = await generatedPages(process.cwd());

test.each([...pages])("%s is up to date: npm run docs", (path, content) => {
  expect(readFileSync(path, "utf8")).toBe(content);
});

const written = ["README.md", "CONTRIBUTING.md", "docs", "docs/decisions"]
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

/** Paths of the project in code style, such as `operations/mam.ts`. A name with a `*` or `<` is none. */
const paths =
  /`((?:environments|constructs|stacks|operations|rehearsal|packages|scripts|__tests__|docs)\/[\w./-]*)`/g;

test.each(written)("every file that %s names exists", (path) => {
  const files = [...readFileSync(path, "utf8").matchAll(paths)].map(([, file = ""]) => file);
  // The environment that docs/environments.md shows how to add.
  const missing = files.filter((file) => file !== "environments/demo.ts" && !existsSync(file));

  expect(missing).toEqual([]);
});

const map = z
  .object({
    layers: z.record(z.string(), z.unknown()),
    rooms: z.record(z.string(), z.record(z.string(), z.string())),
  })
  .parse(JSON.parse(readFileSync("layers.json", "utf8")));

test("the code map has every room that there is, and no other", () => {
  // Git leaves folders behind whose files were moved.
  const hasFiles = (path: string) => readdirSync(path, { recursive: true }).join().includes(".ts");
  const folders = (folder: string) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && hasFiles(join(folder, entry.name)))
      .map(({ name }) => name)
      .sort();
  const rooms = Object.entries(map.rooms);

  expect(rooms.map(([folder, named]) => [folder, Object.keys(named).sort()])).toEqual(
    rooms.map(([folder]) => [folder, folders(folder)]),
  );
  expect(Object.keys(map.layers).filter((folder) => !existsSync(folder))).toEqual([]);
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
