import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { networkOption, writeTable } from "../../../src/programs/network/table.ts";

test("a table is written whole", () => {
  const directory = mkdtempSync(join(tmpdir(), "table-"));
  const table = { addresses: { "api:3000": "127.0.0.1:4711" }, fromOwnAddress: [] };
  writeTable(join(directory, "network.json"), table);

  expect(readdirSync(directory)).toEqual(["network.json"]);
  expect(JSON.parse(readFileSync(join(directory, "network.json"), "utf8"))).toEqual(table);
  rmSync(directory, { recursive: true });
});

test("the option has no space, whatever the file is called", () => {
  const option = networkOption("/tmp/with space/t.json", "127.1.2.3");
  expect(option).toMatch(/^--import=file:\/\/\S+\?table=\S+&source=127\.1\.2\.3$/);
});
