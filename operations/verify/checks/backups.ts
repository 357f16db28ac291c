import { backupImage } from "../../../constructs/app/backup-image.ts";
import { ageViolations, hiddenViolations, sizeViolations } from "../../backups/judgement.ts";
import { type Check, CheckSkipped } from "../../context/check.ts";
import type { VerifyContext } from "../context.ts";

const severity = "error";
const hour = 3_600_000;

/** The dumps. @throws CheckSkipped where the app has no backup, and while the platform is younger than a day. */
async function dumpsToJudge({ session, observed, dumps, now }: VerifyContext) {
  if (backupImage(session.environment) === undefined) {
    throw new CheckSkipped("services.backup is off, or the release has no image of it");
  }
  const found = await dumps();
  const { postgres } = await observed();
  const made = Date.parse(postgres?.cluster.created_at ?? "");
  if (found.length === 0 && now.getTime() - made < 24 * hour) {
    throw new CheckSkipped("the cluster is younger than a day, and need not have a dump yet");
  }
  return found;
}

/** Whether the nightly dumps are there, and nobody has hidden one. */
export const backupChecks: readonly Check<VerifyContext>[] = [
  {
    id: "dump-age",
    severity,
    what: "The newest dump with a manifest is younger than `monitoring.objectives.backupAgeHours`.",
    why: "An archive without a manifest was not finished, and what was written since the last one is in no dump.",
    fix: "the log of the component backup says what it failed with; `npm run dump` in its console makes one now",
    run: async (context) =>
      ageViolations(await dumpsToJudge(context), context.session.environment.config, context.now),
  },
  {
    id: "dump-size",
    severity,
    what: "The newest dump is not less than half as large as the one before.",
    why: "A dump can end well and lack what a table had.",
    fix: "compare the rows of both manifests, and prove it: `mam restore <environment> database --to latest --prove`",
    run: async (context) => sizeViolations(await dumpsToJudge(context)),
  },
  {
    id: "dumps-hidden",
    severity,
    what: "Nobody has deleted or overwritten a dump.",
    why: "A lock keeps a dump's version and not its name: who deletes one is preparing something, or made a mistake.",
    fix: "find out whose key it was, replace it, and read docs/restore.md: the version is still there",
    run: async (context) =>
      hiddenViolations(await dumpsToJudge(context), context.session.environment.config),
  },
];
