import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { indented } from "../context/printable.ts";
import type { Redactor } from "../context/redaction.ts";
import { pidFile } from "../context/run-folder.ts";
import { AbortError, throwIfAborted } from "@mam-infra/clients/abort";
import { type Diagnostic, type Message, parseMessage } from "./messages.ts";
import { type OutputFile, openOutputFile } from "./output-file.ts";
import type { RemoteExecution } from "./saved-plan.ts";
import { wrongTerraform } from "./wanted-version.ts";

/** What every Terraform process of a command runs with. */
export interface TerraformRuntime {
  /** Name or path of Terraform. */
  readonly program: string;
  /** Directory of what `terraform init` made before (runs/place.ts). */
  readonly ready: string;
  /** The whole environment of the processes. */
  readonly environment: Readonly<Record<string, string>>;
  /** Passed on once to whatever runs, which is then waited for. */
  readonly interruption: AbortSignal;
  /** Takes secrets out of what Terraform says, and is told of those that it shows. */
  readonly redactor: Redactor;
  /** Tells the redactor what the states hold: what Terraform has just made stands nowhere else yet. */
  readonly learnStates: () => Promise<void>;
  /** Makes sure that the place of the states is as Terraform has to find it; asked before the first command. */
  readonly checkPlace: () => Promise<void>;
  /** Who holds the lock of a stack, where what Terraform says of it is not true; undefined where it is. */
  readonly explainLock: (stack: string) => Promise<string | undefined>;
  /** What plans and applies instead, where HCP Terraform executes. */
  readonly remote?: RemoteExecution;
}

/** A Terraform process that ended. */
export interface TerraformRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Thrown when Terraform did not do what it was asked. The message is Terraform's own, without secrets. */
export class TerraformFailed extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(command: string, directory: string, diagnostics: readonly Diagnostic[]) {
    const told = diagnostics.map(sentence).join("\n");
    super(
      `terraform ${command} failed for ${basename(directory)}\n${told === "" ? "  it said nothing" : told}`,
    );
    this.name = "TerraformFailed";
    this.diagnostics = diagnostics;
  }
}

/** How a process is run. */
export interface RunOptions {
  /** Directory of the stack in the run folder. */
  readonly directory: string;
  /** Whether the directory is not the run's own, so that nothing may be left in it. */
  readonly foreign?: boolean;
  /** Exit codes that are no failure; 0 is never one. */
  readonly expected?: readonly number[];
  /** Called with each message as it comes. */
  readonly hear?: (message: Message) => void;
}

/**
 * Replaces a shell by Terraform. Its files are readable by this user only, and its directory says while it runs. A process
 * cannot set the permissions of another one, nor say that it still runs after its parent was killed; a shell can do both.
 */
const becomeTerraform = (said: string | undefined) =>
  `umask 077 ${said === undefined ? "" : `&& echo $$ > ${said} `}&& exec "$0" "$@"`;

/**
 * Runs Terraform in a stack's directory and waits for its end, whatever happens meanwhile.
 *
 * The process outlives this one, however this one ends: it leads a session of its own, and what it says goes to files.
 * Terraform then finishes what it began, writes its state and gives its lock back. Ctrl-C in a terminal goes to every
 * process of the foreground group, so Terraform would otherwise be interrupted by the terminal and a second time by this
 * process, and the second interrupt makes it give up its state. It is never killed either: a killed Terraform leaves its
 * lock, and what it was creating.
 *
 * @throws TerraformFailed with what Terraform said.
 * @throws AbortError when it had to stop early, or was not started any more.
 */
export async function runTerraform(
  runtime: TerraformRuntime,
  line: readonly [string, ...string[]],
  options: RunOptions,
): Promise<TerraformRun> {
  const [command] = line;
  throwIfAborted(runtime.interruption, `terraform ${command} was not started`);
  const output = options.foreign ? tmpdir() : options.directory;
  const stdout = openOutputFile(output, `terraform-${command}.stdout`);
  const stderr = openOutputFile(output, `terraform-${command}.stderr`);
  try {
    return await follow(runtime, line, options, { stdout, stderr });
  } finally {
    stdout.remove();
    stderr.remove();
  }
}

async function follow(
  { program, environment, interruption, redactor, learnStates }: TerraformRuntime,
  [command, ...args]: readonly [string, ...string[]],
  { directory, foreign = false, expected = [], hear = () => undefined }: RunOptions,
  { stdout, stderr }: { readonly stdout: OutputFile; readonly stderr: OutputFile },
): Promise<TerraformRun> {
  const become = becomeTerraform(foreign ? undefined : pidFile);
  const child = spawn("/bin/sh", ["-c", become, program, command, ...args], {
    cwd: directory,
    env: environment,
    stdio: ["ignore", stdout.descriptor, stderr.descriptor],
    detached: true,
  });
  const ended = endOf(child);
  const pass = () => {
    child.kill("SIGINT");
    if (harmless.has(command)) setTimeout(endAll, grace, child).unref();
  };
  interruption.addEventListener("abort", pass, { once: true });
  try {
    const diagnostics = await listen(stdout.lines(ended), redactor, hear);
    const { exitCode, why } = await ended;
    if ([0, ...expected].includes(exitCode)) {
      return { exitCode, stdout: stdout.text(), diagnostics };
    }
    if (interruption.aborted) throw new AbortError(`terraform ${command} ended early`);
    await learnStates();
    const told = diagnostics.map((diagnostic) => withoutSecrets(diagnostic, redactor));
    const rest = redactor.redact(stderr.text() || why);
    throw failureOf({ program, command, directory }, exitCode, told, rest);
  } finally {
    interruption.removeEventListener("abort", pass);
    if (!foreign) rmSync(join(directory, pidFile), { force: true });
  }
}

/**
 * Commands that write no state and hold no lock. One that is waiting for a platform that does not answer need not be
 * waited for: an interrupt only makes it wait for its provider, which may wait for ever.
 */
const harmless: ReadonlySet<string> = new Set(["version", "init", "plan", "show"]);

/** How long such a command is given to end by itself, in milliseconds. */
const grace = 400;

/** Ends a process with all that it started, its providers, which would otherwise stay. */
function endAll({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  process.kill(-pid, "SIGKILL");
}

/** Why Terraform did not do what it was asked. */
function failureOf(
  { program, command, directory }: Readonly<Record<"program" | "command" | "directory", string>>,
  exitCode: number,
  diagnostics: readonly Diagnostic[],
  rest: string,
): Error {
  const wrong = wrongTerraform(program, exitCode, diagnostics.filter(isError));
  return wrong ?? terraformFailed(command, directory, diagnostics, rest);
}

/** The failure of a command, from what Terraform said. @param rest what is told where no message says what failed */
export function terraformFailed(
  command: string,
  directory: string,
  diagnostics: readonly Diagnostic[],
  rest: string,
): TerraformFailed {
  const errors = diagnostics.filter(isError);
  return new TerraformFailed(command, directory, errors.length > 0 ? errors : [plain(rest)]);
}

const isError = ({ severity }: Diagnostic) => severity === "error";

/** How a process ended; -1 and why for one that was killed, or could not be started. */
function endOf(child: ChildProcess): Promise<{ readonly exitCode: number; readonly why: string }> {
  return new Promise((resolve) => {
    child.once("error", ({ message }) => {
      resolve({ exitCode: -1, why: message });
    });
    child.once("exit", (code, signal) => {
      resolve({ exitCode: code ?? -1, why: signal === null ? "" : `it was ended by ${signal}` });
    });
  });
}

async function listen(
  lines: AsyncIterable<string>,
  redactor: Redactor,
  hear: (message: Message) => void,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for await (const line of lines) {
    const message = parseMessage(line);
    if (!message) continue;
    if (message.diagnostic) diagnostics.push(withoutSecrets(message.diagnostic, redactor));
    hear(message);
  }
  return diagnostics;
}

/** What Terraform said, without the secrets that are known. */
export function withoutSecrets(diagnostic: Diagnostic, { redact }: Redactor): Diagnostic {
  const { summary, detail } = diagnostic;
  return { ...diagnostic, summary: redact(summary), detail: redact(detail) };
}

function plain(text: string): Diagnostic {
  return { severity: "error", summary: text, detail: "" };
}

function sentence({ summary, detail, address }: Diagnostic): string {
  const where = address === undefined ? "" : `${address}: `;
  return [`  ${where}${indented(summary, 4)}`, ...detail.split("\n").map((line) => `    ${line}`)]
    .join("\n")
    .trimEnd();
}
