import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setPriority } from "node:os";
import { createInterface } from "node:readline";

/** How a run of ffmpeg ended. */
export interface Ending {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it said, without addresses. */
  readonly lastWords: string;
}

/** ffmpeg did not do what it was asked for. */
export class FfmpegFailed extends Error {
  override readonly name = "FfmpegFailed";
  /** What it said last, for the log. */
  readonly lastWords: string;

  constructor({ code, signal, lastWords }: Ending) {
    super(
      `ffmpeg ended ${code === null ? `by ${signal ?? "a signal"}` : `with exit code ${code}`}`,
    );
    this.lastWords = lastWords;
  }
}

/** What a run of ffmpeg needs. */
export interface Run {
  readonly program: string;
  readonly args: readonly string[];
  /** Ends it: by SIGKILL, because ffmpeg finishes its files on SIGTERM, and half a film would look whole. */
  readonly signal: AbortSignal;
  /** Called with each line on standard output, such as `out_time_us=2000000`. */
  readonly onLine?: (line: string) => void;
  /** Directory that it runs in, for files that its filters name. Default: that of the worker. */
  readonly directory?: string | undefined;
  /** How much of what it says is kept, in characters. Default: {@link lastWordsKept}. */
  readonly keep?: number;
}

/** What is kept for the log, in characters: a log line holds 16 KiB. */
const lastWordsKept = 2_000;

/** Below the worker itself: a health check is answered and files are handed over while ffmpeg uses every CPU. */
const niceness = 5;

/** Variables that ffmpeg gets; the worker's own hold keys. */
const passedOn = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"];

/**
 * Runs ffmpeg to its end.
 *
 * @throws when it cannot be started, or `signal` ended it.
 */
export async function runFfmpeg({
  program,
  args,
  signal,
  onLine,
  directory,
  keep,
}: Run): Promise<Ending> {
  signal.throwIfAborted();
  const env = Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env, cwd: directory });
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  const words = collect(child, keep ?? lastWordsKept);
  if (onLine) createInterface({ input: child.stdout }).on("line", onLine);
  else child.stdout.resume();
  const kill = () => void child.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  try {
    if (child.pid !== undefined) lower(child.pid);
    const [code, endSignal] = await closed;
    signal.throwIfAborted();
    return { code, signal: endSignal, lastWords: withoutAddresses(words()) };
  } finally {
    signal.removeEventListener("abort", kill);
    kill();
  }
}

function collect(child: ChildProcess, keep: number): () => string {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    words = (words + chunk).slice(-keep);
  });
  return () => words;
}

/** Lowers a process's priority, if it still lives. */
function lower(pid: number): void {
  try {
    setPriority(pid, niceness);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Takes addresses out of what ffmpeg says: they open the exchange while it runs. */
function withoutAddresses(words: string): string {
  return words.replaceAll(/https?(?:\\?:)\S*/g, "<address>");
}
