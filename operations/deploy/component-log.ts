import { text } from "node:stream/consumers";

import type { Dispatcher } from "undici";

import { packages } from "@mam-infra/clients/packages";
import { messageOf } from "@mam-infra/clients/message";
import { oneLine } from "../context/printable.ts";
import type { Session } from "../context/session.ts";

/** Lines that are shown of a log. */
const shownLines = 20;

/** How long to wait for a log, in milliseconds: it explains a failure and must not become another. */
const timeoutMilliseconds = 10_000;

/** Which log. */
export interface LogPlace {
  readonly app_id: string;
  readonly deployment_id: string;
  readonly component_name: string;
}

/**
 * The last lines that a component wrote in a deployment. The API answers addresses, which are valid for a while and need
 * no token. When there is no log, the one line says so and why.
 */
export async function lastLines(
  { clients, interruption, redactor }: Session,
  place: LogPlace,
): Promise<string[]> {
  try {
    const query = { type: "DEPLOY" };
    const answer = await clients.digitalOcean().call("getDeploymentLogs", place, { query });
    const address = answer.historic_urls?.at(-1) ?? answer.live_url ?? undefined;
    if (address === undefined) return ["(the platform has no log of it)"];
    const lines = (await read(address, clients.web(), interruption))
      .split("\n")
      .filter((line) => line.trim() !== "");
    if (lines.length === 0) return ["(the log is empty)"];
    return lines.slice(-shownLines).map((line) => oneLine(redactor.redact(line)));
  } catch (error) {
    return [`(the log cannot be read: ${messageOf(error)})`];
  }
}

async function read(address: string, dispatcher: Dispatcher, signal: AbortSignal): Promise<string> {
  const { statusCode, body } = await packages.undici().request(address, {
    headersTimeout: timeoutMilliseconds,
    bodyTimeout: timeoutMilliseconds,
    signal,
    dispatcher,
  });
  const content = await text(body);
  if (statusCode !== 200) throw new Error(`its address answers ${statusCode}`);
  return content;
}
