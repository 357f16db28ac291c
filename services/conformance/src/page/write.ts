import { writeFile } from "node:fs/promises";

import { defects } from "../defects/index.ts";
import { statements } from "../statements.ts";
import { renderPage } from "./render.ts";

await writeFile(
  new URL("../../../../docs/conformance.md", import.meta.url),
  renderPage(statements, defects),
);
