import { writeFileSync } from "node:fs";

import { generatedPages } from "./docs/pages.ts";

/** Writes the generated pages: `npm run docs`. */
for (const [path, content] of await generatedPages(process.cwd())) {
  writeFileSync(path, content);
  process.stdout.write(`${path}\n`);
}
