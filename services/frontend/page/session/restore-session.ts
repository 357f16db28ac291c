import { SessionEnded, wordsOf } from "../api/errors.ts";
import type { Platform } from "../shell/platform.ts";
import { waitFor, waitSeconds } from "../uploads/waits.ts";

/**
 * Finds out whether somebody is signed in, by the cookie of an earlier visit. Goes on asking until the API answers.
 *
 * A browser in which nobody was signed in has no such cookie, and the API is not asked.
 */
export async function restoreSession({ client, session }: Platform): Promise<void> {
  if (!session.mayBeSignedIn) {
    session.set(undefined);
    return;
  }
  for (let failures = 1; ; failures++) {
    try {
      await client.renew();
      return;
    } catch (error) {
      if (error instanceof SessionEnded) return;
      session.startFailure.value = wordsOf(error);
    }
    await waitFor(waitSeconds(failures), new AbortController().signal);
  }
}
