import { readFileSync } from "node:fs";

import { execa } from "execa";

test("no hook stands in a module that test files share: it would be one of a worker's first file alone", async () => {
  const listed = await execa("git", ["ls-files", "--cached", "--others", "--exclude-standard"]);
  const shared = listed.stdout
    .split("\n")
    .filter((path) => /^(?:packages\/\w+\/)?__tests__\/.*\.ts$/.test(path))
    .filter((path) => !path.endsWith(".test.ts"));
  const withHooks = shared.filter((path) =>
    /^(?:before|after)(?:Each|All)\(/m.test(readFileSync(path, "utf8")),
  );

  expect(shared.length).toBeGreaterThan(50);
  expect(withHooks).toEqual([]);
});
