import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

/** What the page is told when it is asked for. Nothing of it is built in: one image serves every environment. */
export interface PageConfiguration {
  /**
   * Path of the API on the page's own host. The platform has it on every host that has the page, and the session's
   * cookie is sent to no other: under the app's default address the page works as under its name.
   */
  readonly apiPath: string;
  readonly edgeBase: string;
  readonly environment: string;
}

const namesSchema = z.object({
  script: z.string(),
  style: z.string(),
  font: z.string(),
  icon: z.string(),
});

/** Addresses of the page's files, whose names change with what is in them. */
export type FileNames = z.output<typeof namesSchema>;

/**
 * Reads what the build called the page's files.
 *
 * @param directory where the build put the page.
 * @throws Error when the page was not built.
 */
export async function readFileNames(directory: string): Promise<FileNames> {
  const path = join(directory, "names.json");
  try {
    return namesSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    throw new Error(`${path} cannot be read: build the page with \`npm run build\` in services/`, {
      cause: error,
    });
  }
}

/** Text that may stand inside a script element, whatever it holds. */
const embedded = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");

/** The document. Every page of ours is this one: which it shows is decided by its address, in the browser. */
export function renderPage(files: FileNames, configuration: PageConfiguration): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Media library</title>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <meta name="color-scheme" content="dark">
    <meta name="theme-color" content="#0b0c0f">
    <link rel="icon" type="image/svg+xml" href="${files.icon}">
    <link rel="preload" as="font" type="font/woff2" href="${files.font}" crossorigin>
    <link rel="stylesheet" href="${files.style}">
    <script type="application/json" id="configuration">${embedded(configuration)}</script>
    <script type="module" src="${files.script}"></script>
  </head>
  <body>
    <div id="page"></div>
    <noscript><p class="notice">This page needs JavaScript: it sends your files straight to storage, part by part.</p></noscript>
  </body>
</html>
`;
}
