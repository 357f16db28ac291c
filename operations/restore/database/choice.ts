import { type StoredDump, isFinished } from "../../backups/dumps.ts";
import { RestoreRefused } from "../refused.ts";

/** Dumps that are listed where the one that is asked for is not there. */
const listed = 5;

/**
 * The dump that is asked for.
 *
 * @param to its name, or `latest`: the newest that was finished.
 * @throws RestoreRefused when there is none, or when it was not finished.
 */
export function chooseDump(dumps: readonly StoredDump[], to: string, bucket: string) {
  const finished = dumps.filter(isFinished);
  const found = to === "latest" ? finished[0] : dumps.find(({ id }) => id === to);
  const names = finished.slice(0, listed).map(({ id }) => id);
  const others =
    names.length === 0
      ? "it has none at all: npm run dump makes one, typed in mam console <environment> backup"
      : `newest first it has ${names.join(", ")}`;
  if (!found) {
    const what = to === "latest" ? "no dump with a manifest" : `no dump ${to}`;
    throw new RestoreRefused(`${bucket} has ${what}; ${others}`);
  }
  const { archive, manifest } = found;
  if (archive && manifest) return { ...found, archive, manifest, others };
  const lacks = archive ? "manifest: it was not finished" : "archive";
  throw new RestoreRefused(`the dump ${found.id} has no ${lacks}; ${others}`);
}

/** The line that mends a dump which is no good. @param others which dumps there are, in words. */
export const another = (others: string) => `\n  fix: name another one with --to: ${others}`;
