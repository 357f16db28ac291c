/** Something wrong with an environment: everything a person needs to mend it without reading the code. */
export interface FileFinding {
  /** File that holds the value, relative to the project. */
  readonly file: string;
  /** Dotted path inside the file; empty for the file as a whole. */
  readonly path: string;
  /** The value found, as it would be written; "missing" when there is none. */
  readonly value: string;
  /** What was expected, and why. */
  readonly expected: string;
  /** The line or command that mends it. */
  readonly fix: string;
}

/** Looks a dotted path up in plain data; `undefined` where the path leads nowhere. */
export function valueAt(data: unknown, path: string): unknown {
  return path
    .split(".")
    .filter((step) => step !== "")
    .reduce<unknown>(
      (value, step) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, step)
          ? Reflect.get(value, step)
          : undefined,
      data,
    );
}

/** Writes a value as a finding shows it: on one line, never longer than 80 characters. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "missing";
  const text = typeof value === "function" ? "a function" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Renders findings for a terminal: all of them, each with what to do. */
export function renderFileFindings(findings: readonly FileFinding[]): string {
  const blocks = findings.map(({ file, path, value, expected, fix }) =>
    [
      `${file}${path ? `: ${path}` : ""} is ${value}`,
      `  expected  ${expected}`,
      `  fix       ${fix}`,
    ].join("\n"),
  );
  const count = `${findings.length} finding${findings.length === 1 ? "" : "s"}`;
  return `${blocks.join("\n\n")}\n\n${count}. Nothing was written.\n`;
}
