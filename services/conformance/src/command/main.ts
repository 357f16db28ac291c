import { writeFile } from "node:fs/promises";

import type { Statement } from "../statement.ts";
import { type Verdict, runSuite } from "../suite.ts";
import type { Target } from "../target.ts";
import { help } from "./help.ts";
import { type Values, chosen, readValues, targetOf } from "./options.ts";
import { type Output, Telling, countsOf, summary } from "./telling.ts";
import { UsageError } from "./usage.ts";

/** Images to hold to the contract, and how they are put away. */
interface Held {
  readonly target: Target;
  readonly close: () => Promise<void>;
}

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    interruption.abort();
  });

const outputTo = (stream: NodeJS.WriteStream): Output => ({
  write: (text) => void stream.write(text),
  isColoured: stream.isTTY && !process.env.NO_COLOR,
});

async function hold(values: Values): Promise<Held> {
  if (!values.start)
    return { target: await targetOf(values, process.env), close: () => Promise.resolve() };
  if (
    [...(values.api ?? []), values.edge, values.frontend, values.worker].some(
      (base) => base !== undefined,
    )
  )
    throw new UsageError("--start starts the services itself: leave their addresses out.");
  const { lackingForStart, startOwnPlatform } = await import("../start/own-platform.ts");
  const missing = lackingForStart();
  if (missing !== undefined) throw new UsageError(`--start needs programs. ${missing}`);
  return startOwnPlatform();
}

const list = (statements: readonly Statement[]) =>
  statements
    .map(({ id, group, statement, page }) => `${group}\t${id}\t${statement}\t${page}\n`)
    .join("");

async function report(
  verdicts: readonly Verdict[],
  values: Values,
  seconds: number,
): Promise<void> {
  if (values.json === undefined) return;
  const isInterrupted = interruption.signal.aborted;
  const text = `${JSON.stringify({ ...countsOf(verdicts), isInterrupted, seconds, verdicts }, null, 2)}\n`;
  if (values.json === "-") process.stdout.write(text);
  else await writeFile(values.json, text);
}

async function play(values: Values, statements: readonly Statement[]): Promise<readonly Verdict[]> {
  // Standard output is for JSON alone where it is asked for.
  const progress = outputTo(process.stderr);
  const telling = new Telling(values.json === "-" ? progress : outputTo(process.stdout), progress);
  telling.working(values.start ? "building and starting the services" : "looking for ffmpeg");
  const held = await hold(values);
  try {
    return await runSuite(held.target, statements, {
      interruption: interruption.signal,
      onBegin: (statement) => {
        telling.begin(statement);
      },
      onVerdict: (verdict) => {
        telling.tell(verdict);
      },
    });
  } finally {
    telling.rest();
    await held.close();
  }
}

async function main(): Promise<number> {
  const values = readValues(process.argv.slice(2));
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const statements = chosen(values);
  if (values.list) {
    process.stdout.write(list(statements));
    return 0;
  }
  const begun = performance.now();
  const verdicts = await play(values, statements);
  const seconds = Math.round(performance.now() - begun) / 1000;
  await report(verdicts, values, seconds);
  const isQuiet = values.json === "-";
  (isQuiet ? process.stderr : process.stdout).write(summary(verdicts, seconds));
  if (interruption.signal.aborted) return 130;
  return countsOf(verdicts).doesNotHold > 0 ? 1 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return 2;
});
