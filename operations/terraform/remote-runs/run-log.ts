import type { Redactor } from "../../context/redaction.ts";
import { type Diagnostic, type Message, parseMessage } from "../messages.ts";
import { type TerraformFailed, terraformFailed, withoutSecrets } from "../process.ts";

/** What a run printed, as messages; where a workspace prints prose, there are none. */
export const messagesIn = (log: string): Message[] =>
  log.split("\n").flatMap((line) => parseMessage(line) ?? []);

/** What Terraform and the providers said of warnings and errors. */
export const diagnosticsIn = (log: string): Diagnostic[] =>
  messagesIn(log).flatMap(({ diagnostic }) => diagnostic ?? []);

/** Lines at the end of a log that are shown where no message says what failed. */
const shown = 20;

/** The failure of a run: what it printed of errors, or its last lines. */
export function failureOf(
  command: string,
  directory: string,
  log: string,
  redactor: Redactor,
): TerraformFailed {
  const told = diagnosticsIn(log).map((one) => withoutSecrets(one, redactor));
  const last = log.trimEnd().split("\n").slice(-shown).join("\n");
  return terraformFailed(command, directory, told, redactor.redact(last));
}
