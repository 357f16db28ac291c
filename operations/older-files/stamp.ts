import type { Environment } from "../../environments/loading/load.ts";
import { slottedNames } from "../../environments/schema/rotation.ts";
import type { LedgerEntry } from "../ledger/entry.ts";

/** What tells the files of an environment from older ones. It contains no secret. */
export type FileStamp = NonNullable<LedgerEntry["files"]>;

/** The stamp of the files that an environment was loaded from. */
export function fileStamp({ rotation, sealed, retired }: Environment): FileStamp {
  return {
    rotation: Object.fromEntries(
      slottedNames.flatMap((name) => {
        const { revision = 0 } = rotation[name];
        return revision > 0 ? [[name, revision]] : [];
      }),
    ),
    sealed: sealed !== undefined,
    retired: retired?.secrets.length ?? 0,
  };
}

/** The newest release that says what its files were. */
export function lastStamp(
  entries: readonly LedgerEntry[],
): { readonly release: string; readonly files: FileStamp } | undefined {
  const entry = entries.findLast(({ files }) => files !== undefined);
  return entry?.files && { release: entry.id, files: entry.files };
}
