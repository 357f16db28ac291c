import { isIPv4 } from "node:net";

import { NotConfigured } from "../context/credentials.ts";
import { messageOf } from "@mam-infra/clients/message";
import type { Session } from "../context/session.ts";

/**
 * Says from which address it is asked, in a line of text. It is reached by IPv4 only, and a cluster trusts IPv4 addresses
 * only (docs.digitalocean.com/products/databases/postgresql/how-to/secure).
 */
const mirror = "https://checkip.amazonaws.com/";

/**
 * The address with which this machine is seen on the internet.
 *
 * @param given by a person; asked of a public service without it.
 * @throws NotConfigured when it is no IPv4 address, or nobody says it.
 */
export async function publicAddress({ clients }: Session, given?: string): Promise<string> {
  if (given !== undefined) {
    if (isIPv4(given)) return given;
    throw new NotConfigured(`--address ${given}: expected an IPv4 address, such as 198.51.100.7`);
  }
  const hint = "fix: say it with --address <your IPv4 address>";
  try {
    const { body } = await clients.internet().read(mirror);
    if (isIPv4(body.trim())) return body.trim();
    throw new Error("it answered something else than an IPv4 address");
  } catch (error) {
    throw new NotConfigured(
      `the address of this machine on the internet is not known: ${mirror} ${messageOf(error)}\n  ${hint}`,
    );
  }
}
