import { fastify } from "fastify";

import { listenOnLoopback } from "@mam-infra/cloud/platform-server";
import type { RehearsalCloud } from "../harness/rehearsal-cloud.ts";
import { cloudPage } from "./page.ts";

/** A page that is served. */
export interface ServedPage {
  /** Its address, with the final slash. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves what stands in a rehearsal cloud as a page, on a free port of 127.0.0.1.
 *
 * @param dashboard as of {@link cloudPage}.
 */
export async function servePage(cloud: RehearsalCloud, dashboard?: string): Promise<ServedPage> {
  const server = fastify({ forceCloseConnections: true });
  server.get("/", (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
      .send(cloudPage(cloud, dashboard)),
  );
  const page = await listenOnLoopback(server);
  return { url: `${page.url}/`, close: () => page.close() };
}
