import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { gzipSync } from "node:zlib";

import { pino } from "pino";

import { requestObjectives } from "@mam-services/common/service-levels/objectives";
import { readEnvironment } from "@mam-services/common/environment";

import { createFrontend } from "../../../frontend/src/server.ts";

export const files = {
  script: "/static/page-ABC.js",
  style: "/static/style-ABC.css",
  font: "/static/font-ABC.woff2",
  icon: "/static/icon-ABC.svg",
};

export const hosts = {
  media: "https://media.example.com",
  storage: "https://s3.eu-central-1.wasabisys.com",
};

/** A frontend with a page of one script, that is not listening. */
export async function aFrontend(
  t: TestContext,
  options: { environment?: string; countsBase?: string } = {},
) {
  const directory = await mkdtemp(join(tmpdir(), "frontend-"));
  await mkdir(join(directory, "static"));
  const script = join(directory, "static", "page-ABC.js");
  await writeFile(script, "hello();");
  await writeFile(`${script}.gz`, gzipSync("hello();"));
  const server = await createFrontend({
    logger: pino({ level: "silent" }),
    environment: options.environment ?? "staging",
    release: "sha256:abc",
    hosts,
    apiPath: "/api",
    directory,
    files,
    objectives: readEnvironment(requestObjectives, {}),
    countsBase: options.countsBase,
  });
  t.after(async () => {
    await server.close();
    await rm(directory, { recursive: true });
  });
  return server;
}
