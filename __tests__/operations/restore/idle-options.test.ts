import { plainProgress } from "../../../operations/context/progress.ts";
import type { Session } from "../../../operations/context/session.ts";
import { type RestoreOptions, restoreSomething } from "../../../operations/restore/restore.ts";

const silent = plainProgress(() => undefined);
/** Whatever is asked of it fails: an option is refused before anything is begun. */
const session = {} as Session;

test.each<[string, string, Partial<RestoreOptions>, string]>([
  ["--give-up", "database", { prove: true, giveUp: true }, "of a move: --switch"],
  ["--unproved", "database", { prove: true, unproved: "the newest rows" }, "of a move: --switch"],
  ["--object-version", "database", { prove: true, objectVersion: "1" }, "of an object"],
  ["--prove", "object", { prove: true }, "of the database"],
  ["--switch", "object", { switch: true }, "of the database"],
])("%s is refused where nothing would look at it", async (option, what, options, isOf) => {
  const asked = { to: "latest", prove: false, operands: [what, "key"], ...options };

  await expect(restoreSomething(session, asked, silent)).rejects.toThrow(
    `${option} is ${isOf}, and says nothing here\n  fix: leave it out`,
  );
});
