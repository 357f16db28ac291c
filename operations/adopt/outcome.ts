import type { Imports } from "../../environments/schema/imports.ts";
import type { Outcome } from "../context/outcome.ts";
import { countOf } from "./imports.ts";
import type { Remark } from "./remark.ts";
import { importLines, remarkLines } from "./text.ts";

/** What an adoption came to. */
export interface Adopted {
  readonly name: string;
  readonly from: string;
  /** Name of the app that is taken over. */
  readonly app: string;
  /** What the files say, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly isWritten: boolean;
  readonly imports: Imports;
  readonly remarks: readonly Remark[];
}

/** Nothing is written: something cannot be taken over as it is. */
export function refusedOutcome(name: string, found: readonly Remark[]): Outcome {
  const remarks = withName(name, found);
  const lines = remarkLines(remarks.filter(({ fate }) => fate === "refused"));
  const text = [...lines, "", "Nothing is written. The platforms are as they were."];
  return {
    ok: false,
    data: { environment: name, files: [], remarks },
    text: `${text.join("\n").trimStart()}\n`,
  };
}

/** The files, what they take over, and what is left to do. */
export function adoptedOutcome(adopted: Adopted): Outcome {
  const { name, from, app, files, isWritten, imports } = adopted;
  const remarks = withName(name, adopted.remarks);
  const paths = Object.keys(files);
  const next = nextSteps(name);
  const lines = [
    isWritten ? `Written: ${paths.join(", ")}` : `Not written, as asked: ${paths.join(", ")}`,
    `${app} is the environment ${name} from now on: ${countOf(imports)} resources are taken over. What it does not have is as in ${from}.`,
    ...remarkLines(remarks),
    ...importLines(name, imports),
    ...(isWritten ? [] : ["", files[paths[0] ?? ""] ?? ""]),
    "",
    "The platforms are as they were. What is left to do:",
    ...next.map(({ what, command }, at) => `  ${at + 1}. ${what}\n     ${command}`),
  ];
  return {
    ok: true,
    data: { environment: name, from, app, files: isWritten ? paths : [], imports, remarks, next },
    text: `${lines.join("\n")}\n`,
  };
}

/** Remarks whose lines can be typed as they are. */
const withName = (name: string, remarks: readonly Remark[]): readonly Remark[] =>
  remarks.map(({ todo, ...remark }) =>
    todo === undefined ? remark : { ...remark, todo: todo.replaceAll("<environment>", name) },
  );

const nextSteps = (name: string) => [
  {
    what: "Read the file, and write its pages and its deployer's policy:",
    command: "npm run docs",
  },
  {
    what: "Make the place of its states, where it is not there yet:",
    command: `npx mam state bootstrap ${name}`,
  },
  { what: "See what a deployment would change:", command: `npx mam plan ${name}` },
  { what: "Ask what stands in the way:", command: `npx mam doctor ${name}` },
  { what: "Take it over:", command: `npx mam deploy ${name}` },
  { what: "Take away what is imported by then:", command: `npx mam adopt ${name}` },
];
