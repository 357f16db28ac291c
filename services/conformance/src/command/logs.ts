import { readFile } from "node:fs/promises";

import type { LogLine, Service } from "../target.ts";

/** What services write, in files. Read when they are asked for: by then the suite has asked the services. */
export function readLogs(
  files: readonly { readonly service: Service; readonly file: string }[],
): () => Promise<readonly LogLine[]> {
  return async () => {
    const read = files.map(async ({ service, file }) => {
      const text = await readFile(file, "utf8");
      return text
        .split("\n")
        .filter(Boolean)
        .map((line) => ({ service, line }));
    });
    return (await Promise.all(read)).flat();
  };
}
