import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { messageOf } from "@mam-infra/clients/message";

/** Thrown when a file cannot be written; the message says which, why, what it says now, and what to do. */
export class CannotWrite extends Error {
  constructor(path: string, cause: unknown) {
    const advice = adviceOn(cause, path) ?? `make ${dirname(path)} writable`;
    super(
      `${path} was not written, and is as it was: ${messageOf(cause)}\n  fix: ${advice}, then the same command again`,
      { cause },
    );
    this.name = "CannotWrite";
  }
}

/** What to do about each reason of the system, in the directory that the file is in. */
const advices: Readonly<Record<string, (directory: string) => string>> = {
  ENOSPC: (directory) => `free space on the disk of ${directory} (df ${directory})`,
  EDQUOT: (directory) => `free some of your quota on the disk of ${directory}`,
  EROFS: (directory) =>
    `use a checkout that can be written: the file system of ${directory} is read-only`,
  EACCES: (directory) => `give this user the right to write in ${directory}`,
  EPERM: (directory) => `give this user the right to write in ${directory}`,
  ENOTDIR: (directory) => `make ${directory} a directory`,
  ENOENT: (directory) => `make the directory ${directory}`,
};

/** What to do when the system refuses to write something; undefined for any other error. */
export function adviceOn(error: unknown, path?: string): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  const place = path ?? ("path" in error ? String(error.path) : undefined);
  return place === undefined ? undefined : advices[String(error.code)]?.(dirname(place));
}

/**
 * Writes a file so that it is there as a whole or not at all, whatever interrupts the process: the content goes to a
 * file beside it, is on the disk before the name is, and takes the name's place in one step.
 *
 * @param mode permissions of the file, 0o644 without it; a file with secrets is 0o600 from its first byte.
 * @throws CannotWrite when the system refuses; the file is then as it was, and nothing is beside it.
 */
export function writeAtomically(path: string, content: string, mode = 0o644): void {
  const beside = `${path}.${process.pid}.new`;
  try {
    // Permissions only apply to a file that is made, and a left-over of another process may have others.
    rmSync(beside, { force: true });
    writeFileSync(beside, content, { mode, flag: "wx", flush: true });
    renameSync(beside, path);
  } catch (cause) {
    removeIfAny(beside);
    throw new CannotWrite(path, cause);
  }
}

/**
 * Writes a file into a directory that only this process uses and that goes with it: it need not outlive it.
 *
 * @throws CannotWrite when the system refuses.
 */
export function writePrivately(path: string, content: string): void {
  try {
    writeFileSync(path, content, { mode: 0o600 });
  } catch (cause) {
    throw new CannotWrite(path, cause);
  }
}

function removeIfAny(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where nothing can be written there is nothing to remove, and the write's own error says why.
  }
}
