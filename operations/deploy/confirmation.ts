import type { Confirm } from "../context/confirm.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Output } from "../context/output.ts";
import { AbortError } from "@mam-infra/clients/abort";

/** Who is asked, and how. */
export interface ConfirmationOptions {
  /** Whether the answer was given on the command line. */
  readonly yes: boolean;
  /** The command without `--yes`, for whoever has to type it again. */
  readonly command: string;
  readonly question: string;
  readonly input: NodeJS.ReadStream;
  /** Where the text and the question go. */
  readonly output: Output;
  readonly interruption: AbortSignal;
}

/**
 * Makes a function that shows a text and asks whether to go on. Only `yes` means yes.
 *
 * @throws NotConfigured at once, before anything is done, when there is neither an answer nor anybody to give one.
 */
export function confirmation(options: ConfirmationOptions): Confirm {
  const { yes, command, question, input, output, interruption } = options;
  if (!yes && !input.isTTY) {
    throw new NotConfigured(
      `Nobody can be asked here, because standard input is no terminal. Nothing was changed.\n  fix: ${command} --yes`,
    );
  }
  return async (text, asked = question) => {
    output.tell(text);
    if (yes) return true;
    try {
      const answer = await output.ask(`${asked} Only "yes" goes on: `, input, interruption);
      return answer.trim() === "yes";
    } catch (error) {
      if (interruption.aborted) throw new AbortError("nothing was changed");
      throw error;
    }
  };
}
