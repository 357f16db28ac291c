import { styleText } from "node:util";

import type { Outcome } from "./bench.ts";
import { type Measure, holds } from "./measures.ts";

/** How something looks. */
export type Paint = (format: "bold" | "green" | "red" | "dim", text: string) => string;

/** Colours where a person looks at them and wants them. */
export function paintFor(isTerminal: boolean, noColor: string | undefined): Paint {
  const isWanted = isTerminal && (noColor ?? "") === "";
  return (format, text) => (isWanted ? styleText(format, text, { validateStream: false }) : text);
}

const number = ({ unit = "", limit }: Measure, value: number) =>
  `${value.toFixed(unit === "" && limit < 100 ? 2 : 0)}${unit}`;

function line(measure: Measure, width: number, paint: Paint): string {
  const { name, value, bound, limit } = measure;
  const verdict = holds(measure) ? paint("green", "ok  ") : paint("red", "FAIL");
  const wanted = paint("dim", `(${bound} ${number(measure, limit)})`);
  return `  ${verdict} ${name.padEnd(width)} ${number(measure, value)} ${wanted}`;
}

/** What came out of a benchmark, for people. */
export function reportOf(name: string, { measures, details }: Outcome, paint: Paint): string {
  const width = Math.max(...measures.map((measure) => measure.name.length));
  return [
    paint("bold", name),
    ...measures.map((measure) => line(measure, width, paint)),
    ...details.map((detail) => `       ${detail}`),
    "",
  ].join("\n");
}
