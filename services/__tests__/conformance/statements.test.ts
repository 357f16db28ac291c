import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { changed } from "../../conformance/src/defects/build.ts";
import { defects } from "../../conformance/src/defects/index.ts";
import { renderPage } from "../../conformance/src/page/render.ts";
import { statements } from "../../conformance/src/statements.ts";

const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), "utf8");

/** Text without line breaks, marks of tables and what prettier pads. */
const plain = (text: string) => text.replaceAll(/\s+/g, " ");

test("every statement holds images to words that stand on its page", async () => {
  for (const { id, page, words } of statements)
    assert.ok(
      plain(await read(page)).includes(plain(words)),
      `${id}: ${page} does not say "${words}"`,
    );
});

test("every statement has a name of its own", () => {
  const ids = statements.map(({ id }) => id);

  assert.equal(new Set(ids).size, ids.length);
});

test("every defect changes a place that is there once, and is caught by statements that exist", async () => {
  const ids = new Set(statements.map(({ id }) => id));
  for (const defect of defects) {
    const text = await read(`services/${defect.file}`);
    assert.notEqual(changed(text, defect), text);
    for (const id of defect.caught) assert.ok(ids.has(id), `${defect.defect}: there is no ${id}`);
  }
});

test("a defect whose place has moved is told with what was expected", () => {
  const [defect] = defects;

  assert.throws(
    () => changed("something else", defect!),
    /expected this once in services\/.*found it 0 times/s,
  );
});

test("docs/conformance.md has every statement and every defect", async () => {
  assert.equal(await read("docs/conformance.md"), renderPage(statements, defects));
});
