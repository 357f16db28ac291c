import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Writes a file so that it is there as a whole or not at all, whatever interrupts the process: the content goes to a
 * file beside it, is on the disk before the name is, and takes the name's place in one step.
 *
 * @param mode permissions of the file, 0o644 without it; a file with secrets is 0o600 from its first byte.
 */
export function writeWhole(path: string, content: string, mode = 0o644): void {
  const beside = `${path}.${process.pid}.new`;
  // Permissions only apply to a file that is made, and a left-over of another process may have others.
  rmSync(beside, { force: true });
  writeFileSync(beside, content, { mode, flag: "wx", flush: true });
  renameSync(beside, path);
}
