import { sourceFindings } from "../environments/loading/source-error.ts";
import { exitCodeOf, failureData, renderFailure } from "./context/failure.ts";
import { messageOf } from "@mam-infra/clients/message";
import { outputTo, processStreams } from "./context/output.ts";
import { redactorOf } from "./context/redaction.ts";

/**
 * Says which source file cannot be read, and where, when the command could not even be compiled. Returns the exit code.
 *
 * @param error what the compilation threw; any other error is thrown again.
 */
export function tellUnreadable(error: unknown): number {
  const findings = sourceFindings(error, process.cwd());
  if (findings.length === 0) throw error;
  const output = outputTo(processStreams(), redactorOf(process.env));
  const failure = { kind: "configuration", message: messageOf(error), findings } as const;
  output.tell(renderFailure(failure));
  if (process.argv.includes("--json")) output.data(failureData(failure));
  return exitCodeOf(failure);
}
