import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";

import { writeAtomically } from "../context/atomic-write.ts";

import type { LedgerStore } from "./store.ts";

/** A ledger beside local states, for experiments on one machine. A lock file stands for the condition. */
export function fileStore(file: string): LedgerStore {
  const read = () => {
    if (!existsSync(file)) return undefined;
    const text = readFileSync(file, "utf8");
    return { text, version: createHash("sha256").update(text).digest("hex") };
  };
  return {
    place: file,
    read: () => Promise.resolve(read()),
    replace: (text, known) => {
      const lock = openLock(`${file}.lock`);
      if (lock === undefined) return Promise.resolve(false);
      try {
        if (read()?.version !== known) return Promise.resolve(false);
        writeAtomically(file, text);
        return Promise.resolve(true);
      } finally {
        closeSync(lock);
        rmSync(`${file}.lock`, { force: true });
      }
    },
    keep: (text, name) => {
      const copy = file.replace(/\.json$/, `.before-${name}.json`);
      writeAtomically(copy, text);
      return Promise.resolve(copy);
    },
  };
}

function openLock(file: string): number | undefined {
  try {
    return openSync(file, "wx");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return undefined;
    throw error;
  }
}
