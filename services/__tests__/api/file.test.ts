import assert from "node:assert/strict";
import { test } from "node:test";

import { contentTypeOf, safeFileName } from "../../api/src/uploads/file.ts";

for (const [name, safe] of Object.entries({
  "interview.mov": "interview.mov",
  "Größe & Länge.MP4": "Gro_e_Lange.MP4",
  "../../etc/passwd": "etc_passwd",
  ".htaccess": "htaccess",
  "a\u0000b\n.mov": "a_b_.mov",
  "映画.mxf": "mxf",
  "🎬": "file",
  "a b%2fc?.mov": "a_b_2fc_.mov",
})) {
  test(`${JSON.stringify(name)} is kept as ${safe}`, () => {
    assert.equal(safeFileName(name), safe);
  });
}

test("of a long name the end is kept, where the extension is", () => {
  const name = safeFileName(`${"x".repeat(300)}.mov`);
  assert.equal(name.length, 120);
  assert.match(name, /x\.mov$/);
});

test("types go by the extension, in any case, and what is not known is bytes", () => {
  assert.equal(contentTypeOf("A.MXF"), "application/mxf");
  assert.equal(contentTypeOf("a.b.mov"), "video/quicktime");
  assert.equal(contentTypeOf("a.braw"), "application/octet-stream");
  assert.equal(contentTypeOf("constructor.constructor"), "application/octet-stream");
  assert.equal(contentTypeOf("mov"), "application/octet-stream");
});
