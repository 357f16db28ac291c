import { join } from "node:path";

import { execa } from "execa";
import { z } from "zod";

import type { Place } from "./editor.ts";

/** Where somebody walks, and with what. */
export interface Walk {
  /** Directory of `services/`, with its packages installed. */
  readonly services: string;
  /** Path of Chromium. */
  readonly chromium: string;
  readonly place: Place;
  /** A film on disk, to be uploaded. */
  readonly clip: string;
  /** Makes a share link that was right and has expired. */
  readonly expiredLink: string;
  readonly interruption: AbortSignal;
}

const statementSchema = z.object({
  statement: z.string(),
  held: z.boolean(),
  objections: z.array(z.string()),
});

/** Something that held in the browser, or did not. */
export type WalkStatement = z.infer<typeof statementSchema>;

/**
 * Goes a person's way through the page in a real browser, by the program that `services/` brings for it.
 *
 * @param tell is told each statement as soon as it is known.
 * @throws Error with its last words, when it ends before it can say anything.
 */
export async function walk(options: Walk, tell: (one: WalkStatement) => void): Promise<void> {
  const { services, chromium, place, clip, expiredLink, interruption: cancelSignal } = options;
  const walking = execa(
    process.execPath,
    [
      ...["--import", "tsx", join(services, "frontend/walk/main.ts"), "--chromium", chromium],
      ...["--url", place.app, "--email", place.email],
      ...["--clip", clip, "--expired-link", expiredLink],
    ],
    {
      cwd: services,
      env: { MAM_PASSWORD: place.password },
      stdin: "ignore",
      reject: false,
      cancelSignal,
    },
  );
  let statements = 0;
  for await (const line of walking) {
    tell(statementSchema.parse(JSON.parse(line)));
    statements += 1;
  }
  const { exitCode, stderr } = await walking;
  if (statements === 0 || (exitCode !== 0 && exitCode !== 1))
    throw new Error(`the walk in the browser broke off: ${stderr}`);
}
