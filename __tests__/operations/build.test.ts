import { readFileSync } from "node:fs";

import { asked } from "../../operations/build.mjs";

test("a package that is loaded when it is first used is not built in beside that", () => {
  const text = readFileSync("packages/clients/src/packages.ts", "utf8");
  const loaded = [...text.matchAll(/load\("([^"]+)"\)/g)].map(([, name]) => name);

  expect(loaded.length).toBeGreaterThan(0);
  expect([...asked].toSorted()).toEqual(loaded.toSorted());
});
