import { SessionEnded, wordsOf } from "../api/errors.ts";
import { announce } from "./announcer.tsx";
import { go } from "./routes.ts";
import type { Platform } from "./platform.ts";

/** Ends the session. Uploads stop; what storage has of them stays, to go on later. */
export async function signOut({ client, session, uploads, library }: Platform): Promise<void> {
  try {
    await client.signOut();
  } catch (error) {
    if (!(error instanceof SessionEnded)) {
      announce(`You are still signed in. ${wordsOf(error)}`);
      return;
    }
  }
  uploads.clear();
  library.close();
  session.signedOut();
  go("/");
  announce("You are signed out.");
}
