import { NotConfigured } from "../context/credentials.ts";
import type { Session } from "../context/session.ts";
import { imagesOf } from "../platform/deployments.ts";
import { sameRelease } from "../ledger/settings.ts";
import { readRelease } from "../release/release-file.ts";
import type { RunningApp } from "../platform/running-app.ts";
import {
  type Candidate,
  type Wanted,
  earlierThan,
  findCandidate,
  ofId,
  ofRelease,
} from "./candidate.ts";
import type { EmergencyHistory } from "./emergency-history.ts";
import { renderOtherSecrets } from "./other-secrets.ts";
import { type Course, courseIfAny } from "./target.ts";
import { renderCourse, renderEarlier } from "./text.ts";

/** Where an emergency rollback goes. */
export interface EmergencyCourse {
  readonly candidate: Candidate;
  /** The release of the ledger that it is; undefined when only the platform knows it. */
  readonly course: Course | undefined;
  readonly text: string;
}

/**
 * Chooses where an emergency rollback goes: to a release of the ledger, or, when it has none or cannot be read, to what
 * the platform had before what runs now.
 *
 * @param named a release of the ledger, or a deployment of the platform.
 * @throws NotConfigured for a name that is neither; Error when the platform refuses.
 */
export async function chooseEmergencyCourse(
  session: Session,
  app: RunningApp,
  { entries, problems }: EmergencyHistory,
  named: string | undefined,
): Promise<EmergencyCourse> {
  const { active_deployment: active } = app;
  const course = courseIfAny(entries, active ? imagesOf(active) : {}, named, sameRelease);
  const wanted = course ? ofRelease(course.target) : onPlatform(app, named, problems);
  const candidate = await findCandidate(session, app, wanted);
  const before = readRelease(session);
  const heading = course
    ? renderCourse(course, before, "emergency")
    : renderEarlier(candidate, before);
  const warnings = candidate.warnings.map((warning) => `The platform warns: ${warning}\n`);
  const { name } = session.environment.config;
  const throughFile = `mam rollback ${name}${course ? ` ${course.target.id}` : ""}`;
  const secrets = renderOtherSecrets(active?.spec, candidate.spec, throughFile);
  return { candidate, course, text: [heading, secrets, ...warnings].join("") };
}

/** Ids of deployments are UUIDs; those of releases begin with a day. */
const deploymentId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function onPlatform(
  app: RunningApp,
  named: string | undefined,
  problems: readonly string[],
): Wanted {
  if (named === undefined) return earlierThan(app);
  if (deploymentId.test(named)) return ofId(named);
  throw new NotConfigured(
    [
      `There is no release ${named} in the ledger that ran.`,
      ...problems,
      "Leave it out to go back to what ran before, or name a deployment of the platform: its id is in the control panel, under Activity.",
    ].join("\n"),
  );
}
