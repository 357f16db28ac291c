#!/usr/bin/env node
import module from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";

import { build, programOf } from "./build.mjs";

// A command reads each text once: compiling a reader for it, as zod does otherwise, takes longer than reading (zod 4.6.7).
globalThis.__zod_globalConfig = { jitless: true };

// Room for new objects that does not grow with what is loaded: a tenth of the memory, and no more time (V8 11.3, Node.js 20).
setFlagsFromString("--semi-space-growth-factor=1");

/** Runs the program as it was built, or from its sources where it cannot be built. */
async function run() {
  const program = programOf(fileURLToPath(new URL("..", import.meta.url)));
  try {
    await build(program);
  } catch (error) {
    // A source that is no TypeScript can run in no way.
    if (error.errors?.some(({ location }) => location)) throw error;
    const why = error.errors?.[0]?.text ?? error.message;
    process.stderr.write(
      `mam runs from its sources, which takes a second longer: ${why}\n` +
        `  fix: make ${program.root}.cache a directory that this user can write, then npm run build\n`,
    );
    await import("tsx");
    await import("./mam.ts");
    return;
  }
  // What Node.js compiled of it the first time, from version 22.1 on: a sixth of the start.
  module.enableCompileCache?.(join(program.directory, "compiled"));
  await import(pathToFileURL(program.mam).href);
}

try {
  await run();
} catch (error) {
  await import("tsx");
  const { tellUnreadable } = await import("./unreadable.ts");
  process.exitCode = tellUnreadable(error);
}
