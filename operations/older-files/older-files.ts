import type { Description } from "../context/finding.ts";
import type { Violation } from "../context/check.ts";
import { olderDatabase } from "./database.ts";
import { type Files, older } from "./files.ts";
import type { Past } from "./past.ts";
import { olderRelease } from "./release.ts";
import { olderRotation } from "./rotation.ts";
import { olderSealed } from "./sealed.ts";
import { lastStamp } from "./stamp.ts";

/** The check, as the doctor and the gate make it. */
export const olderFiles: Description = {
  id: "older-files",
  severity: "error",
  what: "No file of the environment is older than what runs.",
  why: "A deployment from an older branch brings back old images, secrets, slots and clusters, and deletes keys that the running app uses.",
  fix: "take the newest file from git; to go back to older images on purpose: mam rollback <environment> <release>",
};

/**
 * Files that are older than what runs. What runs is asked from the platform, and what was written later from the ledger:
 * after a rollback of the platform's own the files are newer than what runs, and a deployment is the way forward.
 */
export async function lookAtFiles(files: Files, past: Past): Promise<Violation[]> {
  const app = await past.app();
  const active = app?.active_deployment;
  if (!app || !active?.spec) return [];
  const entries = await past.entries();
  const last = lastStamp(entries);
  return [
    ...olderRotation(files, active.spec, last),
    ...(await olderSealed(files, { id: app.id, spec: active.spec }, last, past.specs)),
    ...olderRetired(files, last),
    ...olderDatabase(files, await past.restores()),
    ...(files.goingBack ? [] : olderRelease(files, active, entries)),
  ];
}

function olderRetired(files: Files, last: ReturnType<typeof lastStamp>): Violation[] {
  const count = files.environment.retired?.secrets.length ?? 0;
  if (!last || count >= last.files.retired) return [];
  const found = `${count} retired secrets, and release ${last.release} knew ${last.files.retired}`;
  return [older(files, "retired", found)];
}
