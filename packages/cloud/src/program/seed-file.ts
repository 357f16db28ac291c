import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { z } from "zod";

import type { CloudSeed } from "../cloud.ts";
import { seedSchema } from "./seed-schema.ts";

/** The seed with every field there is. It is what the program starts without one of a person's own. */
export const exampleFile = fileURLToPath(new URL("../../seed.example.json", import.meta.url));

/** Something wrong with a seed. */
export interface SeedProblem {
  readonly file: string;
  /** Dotted path of the field; empty for the file as a whole. */
  readonly path: string;
  readonly expected: string;
  readonly fix: string;
}

/** Thrown for a seed that cannot be started, with everything that is wrong with it. */
export class InvalidSeed extends Error {
  readonly problems: readonly SeedProblem[];

  constructor(problems: readonly SeedProblem[]) {
    super(problems.map(renderProblem).join("\n"));
    this.name = "InvalidSeed";
    this.problems = problems;
  }
}

/** Reads a seed. @throws InvalidSeed */
export function readSeed(file: string): CloudSeed {
  const seed = seedSchema.safeParse(readJson(file));
  if (seed.success) return seed.data;
  const example = readJson(exampleFile);
  throw new InvalidSeed(seed.error.issues.flatMap((issue) => problemsOf(issue, file, example)));
}

function readJson(file: string): unknown {
  const as = (expected: string, error: unknown) => {
    const fix = `correct it; a complete seed: ${exampleFile}`;
    const why = error instanceof Error ? error.message : String(error);
    return new InvalidSeed([{ file, path: "", expected: `${expected}: ${why}`, fix }]);
  };
  let written: string;
  try {
    written = readFileSync(file, "utf8");
  } catch (error) {
    throw as("a file that can be read", error);
  }
  try {
    return JSON.parse(written);
  } catch (error) {
    throw as("JSON", error);
  }
}

function problemsOf(issue: z.core.$ZodIssue, file: string, example: unknown): SeedProblem[] {
  const path = issue.path.map(String);
  const there = exampleAt(example, path);
  if (issue.code === "unrecognized_keys") {
    const names = isGroup(there) ? Object.keys(there).join(", ") : "none";
    return issue.keys.map((key) => ({
      file,
      path: [...path, key].join("."),
      expected: `one of the fields that there are: ${names}`,
      fix: "remove it, or correct its name",
    }));
  }
  const [expected] = issue.code === "invalid_key" ? issue.issues.map(messageOf) : [];
  const fix = `write for example ${JSON.stringify(there)}; a complete seed: ${exampleFile}`;
  return [{ file, path: path.join("."), expected: expected ?? messageOf(issue), fix }];
}

/** What is expected, without zod's own opening. */
const messageOf = ({ message }: { readonly message: string }) =>
  message
    .replace(/^Invalid (input|option): expected /, "")
    .replace(/, received undefined$/, ", and nothing is there");

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** What the example has at a path; of a list, or of names that a person chooses, it is the first. */
function exampleAt(value: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined || !isGroup(value)) return value;
  const [first] = Object.values(value);
  return exampleAt(step in value ? value[step] : first, rest);
}

function renderProblem({ file, path, expected, fix }: SeedProblem): string {
  const where = path === "" ? file : `${file}: ${path}`;
  return `${where}\n  expected  ${expected}\n  fix       ${fix}`;
}
