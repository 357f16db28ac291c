import { type Diagnostic, type Message, parseMessage } from "../messages.ts";
import { TerraformFailed } from "../process.ts";

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
  redact: (text: string) => string,
): TerraformFailed {
  const errors = diagnosticsIn(log).filter(({ severity }) => severity === "error");
  const last = log.trimEnd().split("\n").slice(-shown).join("\n");
  const told = errors.length > 0 ? errors : [{ severity: "error", summary: last, detail: "" }];
  return new TerraformFailed(
    command,
    directory,
    told.map((one) => ({ ...one, summary: redact(one.summary), detail: redact(one.detail) })),
  );
}
