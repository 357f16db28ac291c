import { storedDumps } from "../../../operations/backups/dumps.ts";
import { CheckSkipped } from "../../../operations/context/check.ts";
import { backupChecks } from "../../../operations/verify/checks/backups.ts";
import type { VerifyContext } from "../../../operations/verify/context.ts";
import { anEnvironment, releaseWithBackup } from "../../support/environments.ts";
import { anAgreeingState } from "../../support/observed-state.ts";

const without = anEnvironment();
const withBackup = { ...without, release: releaseWithBackup };

/** What the checks are told of a platform that has no dump, and whose cluster was made at a time. */
function seen(environment: typeof without, made: string): VerifyContext {
  const { postgres, ...others } = anAgreeingState(environment);
  const cluster = { ...postgres!.cluster, created_at: made };
  return {
    session: { environment },
    observed: () => Promise.resolve({ ...others, postgres: { ...postgres!, cluster } }),
    dumps: () => Promise.resolve(storedDumps([])),
    now: new Date("2026-11-29T12:00:00Z"),
  } as unknown as VerifyContext;
}

const age = async (context: VerifyContext) =>
  backupChecks.find(({ id }) => id === "dump-age")!.run(context);

test("dumps of a release without an image of the backup are not judged, with the reason", async () => {
  await expect(age(seen(without, "2020-01-01T00:00:00Z"))).rejects.toEqual(
    new CheckSkipped("services.backup is off, or the release has no image of it"),
  );
});

test("a platform without dumps is judged once its cluster is a day old, and not before", async () => {
  await expect(age(seen(withBackup, "2026-11-28T12:00:01Z"))).rejects.toEqual(
    new CheckSkipped("the cluster is younger than a day, and need not have a dump yet"),
  );
  expect(await age(seen(withBackup, "2026-11-28T12:00:00Z"))).toMatchObject([{ found: "none" }]);
});
