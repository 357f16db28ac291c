import { packages } from "@mam-infra/clients/packages";
import type { Session } from "../context/session.ts";

/** How long an answer is waited for, in milliseconds. */
const timeoutMilliseconds = 30_000;

/**
 * Asks for something as anybody on the internet may, without a key.
 *
 * @returns the status of the answer, whose body is thrown away.
 * @throws Error when nothing answers.
 */
export async function askAsNobody(
  { clients, interruption }: Pick<Session, "clients" | "interruption">,
  address: string,
): Promise<number> {
  const { statusCode, body } = await packages.undici().request(address, {
    headersTimeout: timeoutMilliseconds,
    bodyTimeout: timeoutMilliseconds,
    signal: interruption,
    dispatcher: clients.web(),
  });
  await body.dump();
  return statusCode;
}
