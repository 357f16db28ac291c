import { readFileSync } from "node:fs";

import { messageOf } from "@mam-infra/clients/message";
import { packages } from "@mam-infra/clients/packages";

import type { LedgerEntry } from "../ledger/entry.ts";
import { type Session, finishing } from "../context/session.ts";
import type { Variables } from "../context/variables.ts";
import { jobLink, noticeOf, slackBody } from "./notice.ts";

/** Longest wait for somebody who is told, in milliseconds: a deployment is not held up by a chat. */
const timeoutMilliseconds = 10_000;

/** Somebody who is told, by a name, and how the address is found. */
interface Told {
  readonly name: string;
  readonly variable: string;
  readonly body: object;
}

/**
 * Tells those of `alerting.afterDeployment` what a deployment came to, also after an interruption. Whoever cannot be told is
 * a line and no failure: the deployment is over.
 *
 * @returns a line for each who was not told; nothing when all were.
 */
export async function notifyEnd(session: Session, entry: LedgerEntry): Promise<string> {
  const { config } = session.environment;
  const { slackVariable, webhookVariable, onlyFailures } = config.alerting.afterDeployment;
  if (onlyFailures && entry.result === "succeeded") return "";
  const link = jobLink(session.variables) ?? `https://${config.domain.appHost}`;
  const notice = noticeOf(config.name, entry, link);
  const told = (name: string, variable: string | undefined, body: object): Told[] =>
    variable === undefined ? [] : [{ name, variable, body }];
  const all = [
    ...told("Slack", slackVariable, slackBody(notice)),
    ...told("The webhook", webhookVariable, notice),
  ];
  const lines = await Promise.all(all.map((one) => tellOne(session, one)));
  return lines.join("");
}

async function tellOne(session: Session, { name, variable, body }: Told): Promise<string> {
  try {
    const address = addressIn(variable, session.variables);
    // Learned before anything can repeat it: whoever has it can write into the channel.
    session.redactor.learn([address]);
    await post(finishing(session), address, session.redactor.redactData(body));
    return "";
  } catch (error) {
    return `! ${name} was not told what became of the deployment: ${session.redactor.redact(messageOf(error))}\n`;
  }
}

/** @throws Error naming the variable, and never what is in it. */
function addressIn(variable: string, variables: Variables): string {
  const file = variables[`${variable}_FILE`];
  const given = (variables[variable] ?? (file ? readFileSync(file, "utf8") : "")).trim();
  if (given === "") throw new Error(`${variable} is not set, nor is ${variable}_FILE`);
  if (!URL.canParse(given) || !isPrivateEnough(new URL(given))) {
    throw new Error(`${variable} is no https address`);
  }
  return given;
}

/** Over the internet only encrypted; on this machine as it comes. */
function isPrivateEnough({ protocol, hostname }: URL): boolean {
  return (
    protocol === "https:" ||
    (protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname))
  );
}

/** @throws Error for an answer that is no success. */
async function post(
  { clients, interruption }: Session,
  address: string,
  body: object,
): Promise<void> {
  const { statusCode, body: answer } = await packages.undici().request(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    headersTimeout: timeoutMilliseconds,
    bodyTimeout: timeoutMilliseconds,
    signal: AbortSignal.any([interruption, AbortSignal.timeout(timeoutMilliseconds)]),
    dispatcher: clients.web(),
  });
  await answer.dump();
  if (statusCode >= 300) throw new Error(`its address answers ${statusCode}`);
}
