#!/usr/bin/env node
import module from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build, programOf } from "./build.mjs";

// What `cdktf` runs to write the Terraform JSON: main.ts as it was built, in a third of the time that its sources take.
// Where it cannot be built, or one of its files throws, the sources run instead: they know the line of every mistake.
try {
  const program = programOf(fileURLToPath(new URL("..", import.meta.url)));
  await build(program);
  module.enableCompileCache?.(join(program.directory, "compiled"));
  await import(pathToFileURL(program.main).href);
} catch {
  await import("tsx");
  await import("../main.ts");
}
