import { type FileFinding, renderFileFindings } from "../../environments/rules/findings.ts";
import { InvalidEnvironments } from "../../environments/loading/load.ts";
import { NotConfigured } from "./credentials.ts";
import { messageOf } from "@mam-infra/clients/message";
import { adviceOn } from "./atomic-write.ts";
import { refusalAdvice } from "./refusal-advice.ts";

/** Exit codes of every command, beside those that a command documents itself. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * Why a command came to nothing, as `--json` says it. The shape is the same for every kind: `usage` is a command line
 * that cannot be, `configuration` files, credentials or options that have to be mended first, `failed` anything that went
 * wrong on the way, `interrupted` a signal.
 */
export interface Failure {
  readonly kind: "usage" | "configuration" | "failed" | "interrupted";
  readonly message: string;
  /** What is wrong with the files; empty for any other kind of failure. */
  readonly findings: readonly FileFinding[];
}

/** What `--json` writes when a command came to nothing. */
export function failureData(error: Failure) {
  return { ok: false, error } as const;
}

/**
 * Makes a failure of whatever was thrown.
 *
 * @param environment what the command is about: the lines that mend it then name it, and can be typed as they stand.
 */
export function failureOf(
  error: unknown,
  isInterrupted: boolean,
  environment = "<environment>",
): Failure {
  const isFiles = error instanceof InvalidEnvironments;
  const isConfiguration = isFiles || error instanceof NotConfigured;
  return {
    kind: isInterrupted ? "interrupted" : isConfiguration ? "configuration" : "failed",
    message: messageWithAdvice(error).replaceAll("<environment>", environment),
    findings: isFiles ? error.findings : [],
  };
}

/** What an error says, and what to do where the system refused to write, or a platform refused the credential. */
function messageWithAdvice(error: unknown): string {
  const advice = adviceOn(error) ?? refusalAdvice(error);
  return advice === undefined ? messageOf(error) : `${messageOf(error)}\n  fix: ${advice}`;
}

/** A failure for a terminal, without a stack: whoever types a command did not write it. */
export function renderFailure({ message, findings }: Failure): string {
  return findings.length > 0 ? renderFileFindings(findings) : `${message}\n`;
}

/** The exit code that says what kind of failure it is. */
export function exitCodeOf({ kind }: Failure): number {
  if (kind === "interrupted") return exitCodes.interrupted;
  return kind === "failed" ? exitCodes.failed : exitCodes.usage;
}
