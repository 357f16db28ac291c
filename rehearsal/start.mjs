import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { builtProgram } from "./build.mjs";

// Starts a program of the rehearsal as it was built, in a third of the time that its sources take: `node rehearsal/start.mjs rehearse`.
// Where it cannot be built the sources run instead: they know the line of every mistake.
const [name] = process.argv.splice(2, 1);
const program = await builtProgram(fileURLToPath(new URL("..", import.meta.url)), name).catch(
  () => undefined,
);
if (program === undefined) {
  await import("tsx");
  await import(`./${name}.ts`);
} else {
  module.enableCompileCache?.(join(dirname(program), "compiled"));
  await import(pathToFileURL(program).href);
}
