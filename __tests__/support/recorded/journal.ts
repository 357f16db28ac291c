import { appendFileSync, readFileSync, writeFileSync } from "node:fs";

/**
 * What happens, in one order, whoever does it: the process under test, and the programs that it starts. A file, because
 * both write into it.
 */
export interface Journal {
  /** Absolute path, for a program that writes lines of its own. */
  readonly file: string;
  note(line: string): void;
  lines(): readonly string[];
  /**
   * Does something once, after a line that comes from now on: at once when the line is noted here; a line of another program is seen with the
   * next one that is noted here.
   */
  after(line: string, change: () => void): void;
}

/** Begins a journal. */
export function openJournal(file: string): Journal {
  writeFileSync(file, "");
  let awaited: { readonly line: string; readonly from: number; readonly change: () => void }[] = [];
  const lines = () => readFileSync(file, "utf8").split("\n").filter(Boolean);
  const react = () => {
    if (awaited.length === 0) return;
    const known = lines();
    const due = awaited.filter(({ line, from }) => known.includes(line, from));
    awaited = awaited.filter((one) => !due.includes(one));
    for (const { change } of due) change();
  };
  return {
    file,
    note: (line) => {
      appendFileSync(file, `${line}\n`);
      react();
    },
    lines,
    after: (line, change) => {
      awaited.push({ line, from: lines().length, change });
    },
  };
}
