#!/usr/bin/env node
import { fileURLToPath, pathToFileURL } from "node:url";

import { build, programOf } from "./build.mjs";

// A command reads each text once: compiling a reader for it, as zod does otherwise, takes longer than reading (zod 4.6.7).
globalThis.__zod_globalConfig = { jitless: true };

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
  await import(pathToFileURL(program.mam).href);
}

try {
  await run();
} catch (error) {
  await import("tsx");
  const { tellUnreadable } = await import("./unreadable.ts");
  process.exitCode = tellUnreadable(error);
}
