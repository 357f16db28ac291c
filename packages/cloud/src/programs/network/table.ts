import { renameSync, writeFileSync } from "node:fs";

/** Where the names lead that programs know. */
export interface NetworkTable {
  /** `host:port` of a name, and the address with port at which it is reached. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Which of those names are reached from the instance's own address in its network: `host:port`. */
  readonly fromOwnAddress: readonly string[];
}

const preload = new URL("./network.mjs", import.meta.url);

/** Writes the table; a reader sees the old one or the new one, never a part. */
export function writeTable(file: string, table: NetworkTable): void {
  const next = `${file}.new`;
  writeFileSync(next, JSON.stringify(table));
  renameSync(next, file);
}

/**
 * The option of Node.js by which a program finds names by a table, and no others.
 *
 * @param source the instance's own address in its network; where it is given, and the system is Linux, connections to the
 *   table's own-address names come from it.
 */
export function networkOption(file: string, source: string | undefined): string {
  const url = new URL(preload);
  url.searchParams.set("table", file);
  if (source !== undefined) url.searchParams.set("source", source);
  return `--import=${url.href}`;
}
