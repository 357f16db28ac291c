import { createInterface } from "node:readline/promises";

import { exitCodes } from "./failure.ts";
import { printable, printableJson } from "./printable.ts";
import { type Progress, plainProgress, terminalProgress } from "./progress.ts";
import type { Redactor } from "./redaction.ts";

/** Where a process writes. */
export interface Streams {
  /** The result. */
  readonly result: NodeJS.WriteStream;
  /** Everything that is said on the way to it. */
  readonly told: NodeJS.WriteStream;
}

/**
 * The one way out of a command: whatever it says goes through here, without secrets, and without what would deceive a
 * terminal or command a CI service. A lint rule keeps every other file of operations/ from writing by itself.
 */
export interface Output {
  /** Writes the result for a person, on standard output. */
  result(text: string): void;
  /** Writes the result for a program, on standard output. */
  data(data: object): void;
  /** Writes what a person asked to be shown although it is a secret, on standard output. */
  disclose(text: string): void;
  /** Says something on standard error. */
  tell(text: string): void;
  /** Shows a text in place of the one before; below it where standard output is no terminal. */
  redraw(text: string): void;
  /** Asks a question on standard error. @throws AbortError when the signal is given before there is an answer. */
  ask(question: string, input: NodeJS.ReadStream, signal: AbortSignal): Promise<string>;
  /** Progress, on standard error. */
  readonly progress: Progress;
}

/** Moves to the upper left corner and clears what is below: nothing flickers, and what was scrolled away stays. */
const startOver = "\u001B[H\u001B[J";

/** The streams of this process. */
export function processStreams(): Streams {
  return { result: process.stdout, told: process.stderr };
}

/**
 * Goes on where a stream takes no more text: a terminal that is closed must not end the wait for a Terraform that is finishing,
 * and a reader that has enough is content. A result that is lost for another reason, as on a full disk, is a failure.
 */
export function bearLosses({ result, told }: Streams): void {
  told.on("error", () => undefined);
  result.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || result.isTTY) return;
    told.write(
      `The result was not written: ${error.message}\n  fix: free space where standard output goes, then the same command again\n`,
    );
    process.once("exit", (code) => {
      if (code === exitCodes.ok) process.exitCode = exitCodes.failed;
    });
  });
}

/** Makes the way out of a command. */
export function outputTo({ result, told }: Streams, { redact, redactData }: Redactor): Output {
  // Redacted first: a secret is known by its own characters, and by those that are shown in their place.
  const fit = (text: string) => printable(redact(text));
  const tell = (text: string) => told.write(fit(text));
  return {
    result: (text) => result.write(fit(text)),
    data: (data) => result.write(`${printableJson(JSON.stringify(redactData(data), null, 2))}\n`),
    disclose: (text) => result.write(text),
    tell,
    redraw: (text) => {
      result.write(result.isTTY ? `${startOver}${fit(text)}` : `${fit(text)}\n`);
    },
    ask: async (question, input, signal) => {
      const terminal = createInterface({ input, output: told });
      // A terminal that is being read gives Ctrl-C to its reader, and not to the process as a signal.
      terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
      try {
        return await terminal.question(fit(question), { signal });
      } catch (error) {
        if (signal.aborted) throw error;
        // Ctrl-D, or a terminal that went away: nobody answers any more.
        return "";
      } finally {
        terminal.close();
      }
    },
    progress: fitProgress(
      told.isTTY ? terminalProgress(told) : plainProgress((line) => tell(`${line}\n`)),
      fit,
    ),
  };
}

/** Progress whose every word is made fit. */
function fitProgress(progress: Progress, fit: (text: string) => string): Progress {
  return {
    step: (title, run) =>
      progress.step(fit(title), (tell, show) => run(fitting(tell, fit), fitting(show, fit))),
    together: (steps) =>
      progress.together(
        steps.map(({ title, run }) => ({
          title: fit(title),
          run: (tell, show) => run(fitting(tell, fit), fitting(show, fit)),
        })),
      ),
  };
}

const fitting =
  (say: (text: string) => void, fit: (text: string) => string) =>
  (text: string): void => {
    say(fit(text));
  };
