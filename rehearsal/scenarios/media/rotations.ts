import { succeeded } from "../../harness/commands.ts";
import { meanwhile } from "./meanwhile.ts";
import type { Stage } from "./stage.ts";

/** Minutes that pass while a rotation waits: more than any session, link or upload address lives. */
const longerThanAnything = 91 * 24 * 60;

/** What is rotated, as `mam secrets rotate` takes it. */
const rotated = ["signing-keys", "storage-keys", "database-user"] as const;

/** Every kind of key gets a successor, and the old one is retired, while people work. */
export async function rotationsWhilePeopleWork(stage: Stage, watched: string): Promise<void> {
  const { sealedMam, releases, expect } = stage;
  for (const what of rotated) {
    const begun = await meanwhile(stage, `rotating ${what}`, watched, () =>
      sealedMam.run("secrets rotate", what, "--yes"),
    );
    expect(`mam secrets rotate ${what} ends well`, succeeded(begun));
    releases.letWaitingPass(longerThanAnything);
    const retired = await meanwhile(stage, `retiring ${what}`, watched, () =>
      sealedMam.run("secrets rotate", what, "--retire", "--yes"),
    );
    expect(`mam secrets rotate ${what} --retire ends well`, succeeded(retired));
  }
}
