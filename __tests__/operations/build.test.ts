import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { build, programOf } from "../../operations/build.mjs";

test("packages that are loaded when they are first used are built in, and once", async () => {
  const program = programOf(process.cwd());
  await build(program);
  const chunks = readdirSync(program.directory).filter((name) => name.endsWith(".mjs"));
  const built = chunks
    .map((name) => readFileSync(join(program.directory, name), "utf8"))
    .join("\n");
  const text = readFileSync("packages/clients/src/packages.ts", "utf8");
  const loaded = [...text.matchAll(/load\("([^"]+)"\)/g)].map(([, name = ""]) => name);

  expect(loaded.length).toBeGreaterThan(0);
  for (const name of loaded) {
    const { main } = JSON.parse(
      readFileSync(join("node_modules", name, "package.json"), "utf8"),
    ) as {
      main: string;
    };
    const start = `// ${join("node_modules", name, main)}\n`;
    expect([name, built.split(start).length - 1]).toEqual([name, 1]);
    expect(built).not.toContain(`load("${name}")`);
  }
});
