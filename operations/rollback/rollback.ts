import type { Progress } from "../context/progress.ts";
import { type Session, finishing } from "../context/session.ts";
import { deployEnvironment } from "../deploy/deploy.ts";
import type { DeploymentOptions, DeploymentResult } from "../deploy/deployment.ts";
import { besidesImages } from "../deploy/take-back.ts";
import { recordEntry } from "../ledger/ledger.ts";
import { ledgerOf } from "../ledger/place.ts";
import { readRelease, releaseFile, writeRelease } from "../release/release-file.ts";
import { settingsOf } from "../ledger/settings.ts";
import type { Course } from "./target.ts";
import { renderCourse } from "./text.ts";

/**
 * Goes back to a release through the release file, so that code and platform agree afterwards: it is deployed and
 * verified like any other. The file says what it said before when the rollback does not begin.
 *
 * @throws as `deployEnvironment` does.
 */
export async function rollBack(
  session: Session,
  course: Course,
  options: Pick<DeploymentOptions, "confirm" | "overrides">,
  progress: Progress,
): Promise<DeploymentResult> {
  const before = readRelease(session);
  const release = { images: course.target.images };
  const settings = settingsOf(session.environment);
  const others = await besidesImages(session, course.target, { settings });
  const intention = renderCourse(course, before, "release", others);
  let begun = false;
  writeRelease(session, release);
  try {
    const result = await deployEnvironment(
      { ...session, environment: { ...session.environment, release } },
      {
        ...options,
        kind: "rollback",
        all: false,
        rollbackOnFailure: false,
        confirm: (text, question) => options.confirm(`${intention}${text}`, question),
      },
      progress,
    );
    begun = result.entry !== undefined;
    if (result.ok) await recordLeft(session, course);
    return begun ? { ...result, text: `${result.text}Commit ${releaseFile(session)}\n` } : result;
  } finally {
    if (!begun) writeRelease(session, before);
  }
}

/** Records in the ledger that no later rollback returns to the release that was left. */
export async function recordLeft(session: Session, { left, target }: Course): Promise<void> {
  if (!left || left.id === target.id || left.result === "rolled back") return;
  await recordEntry(ledgerOf(finishing(session)), { ...left, result: "rolled back" });
}
