import { styleText } from "node:util";

import type { Statement } from "../statement.ts";
import type { Verdict } from "../suite.ts";

/** Where words go. */
export interface Output {
  readonly write: (text: string) => void;
  /** Whether colours may be used. */
  readonly isColoured: boolean;
}

const marks = {
  holds: ["✓", "green"],
  "does not hold": ["✗", "red"],
  "not run": ["○", "yellow"],
} as const;

/** Seconds after which a check that goes on is told, and then every ten. */
const tellAfter = 2;

/** Tells verdicts as they come, group by group, and what goes on for longer than two seconds. */
export class Telling {
  readonly #output: Output;
  readonly #progress: Output;
  #group = "";
  #timer: NodeJS.Timeout | undefined;

  /** @param progress where it is told what goes on: not where results are. */
  constructor(output: Output, progress: Output) {
    this.#output = output;
    this.#progress = progress;
  }

  /** A check begins. */
  begin({ statement }: Pick<Statement, "statement">): void {
    this.working(`checking: ${statement}`);
  }

  /** Something begins that may take long. */
  working(what: string): void {
    clearInterval(this.#timer);
    const begun = performance.now();
    this.#timer = setInterval(() => {
      const seconds = Math.round((performance.now() - begun) / 1000);
      if (seconds === tellAfter || seconds % 10 === 0)
        this.#progress.write(`  … ${what} (${seconds} s)\n`);
    }, 1000).unref();
  }

  /** Nothing goes on any more. */
  rest(): void {
    clearInterval(this.#timer);
  }

  /** A verdict is there. */
  tell({ group, statement, page, outcome, because }: Verdict): void {
    this.rest();
    if (group !== this.#group) this.#output.write(`\n${group}\n`);
    this.#group = group;
    const [mark, colour] = marks[outcome];
    const shown = this.#output.isColoured
      ? styleText(colour, mark, { validateStream: false })
      : mark;
    this.#output.write(`  ${shown} ${statement} (${page})\n`);
    const lead = outcome === "not run" ? "needs " : "";
    for (const one of because) this.#output.write(`      ${lead}${one}\n`);
  }
}

/** How many statements came to what. */
export function countsOf(verdicts: readonly Verdict[]) {
  const of = (outcome: Verdict["outcome"]) =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  return { holds: of("holds"), doesNotHold: of("does not hold"), notRun: of("not run") };
}

/** The last line. */
export function summary(verdicts: readonly Verdict[], seconds: number): string {
  const { holds, doesNotHold, notRun } = countsOf(verdicts);
  const parts = [
    `${holds} of ${holds + doesNotHold} statements hold`,
    notRun > 0 && `${notRun} were not run`,
    `${seconds.toFixed(1)} s`,
  ];
  return `\n${parts.filter(Boolean).join(", ")}\n`;
}
