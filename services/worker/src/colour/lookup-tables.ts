import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type HdrTransfer, toneMap } from "./tone-mapping.ts";
import type { Rgb } from "./transfer.ts";

/** Steps of each colour; between them ffmpeg interpolates. */
const steps = 33;

/** Name of the table of a transfer function. */
export const tableName = (transfer: HdrTransfer): string => `${transfer}.cube`;

/** A table in the format that Adobe's Cube LUT Specification describes: red changes fastest. */
export function cubeOf(transfer: HdrTransfer): string {
  const lines = [`LUT_3D_SIZE ${steps}`];
  for (let index = 0; index < steps ** 3; index += 1) {
    const [red, green, blue] = [
      index % steps,
      Math.floor(index / steps) % steps,
      Math.floor(index / steps ** 2),
    ];
    const signal = [red, green, blue].map((step) => step / (steps - 1)) as unknown as Rgb;
    lines.push(
      toneMap(transfer, signal)
        .map((value) => value.toFixed(5))
        .join(" "),
    );
  }
  return `${lines.join("\n")}\n`;
}

/**
 * Tables for HDR, in files because ffmpeg reads them only from there. Tables work in every build of ffmpeg; its filters
 * for HDR need libraries that some builds lack.
 */
export class LookupTables {
  #directory: Promise<string> | undefined;
  readonly #written = new Map<HdrTransfer, Promise<void>>();

  /** Directory in which the table of a transfer function is, by {@link tableName}. */
  async directoryFor(transfer: HdrTransfer): Promise<string> {
    this.#directory ??= mkdtemp(join(tmpdir(), "mam-worker-"));
    const directory = await this.#directory;
    const written =
      this.#written.get(transfer) ??
      writeFile(join(directory, tableName(transfer)), cubeOf(transfer));
    this.#written.set(transfer, written);
    await written;
    return directory;
  }

  /** Removes them. */
  async remove(): Promise<void> {
    if (this.#directory) await rm(await this.#directory, { recursive: true, force: true });
  }
}
