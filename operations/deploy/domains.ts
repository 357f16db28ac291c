import { messageOf } from "@mam-infra/clients/message";
import type { Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { runningApp } from "../platform/running-app.ts";
import { AbortError } from "@mam-infra/clients/abort";
import { poll } from "../context/polling.ts";
import { forgetReads } from "../platform/sparing/shared-reads.ts";

/** Longest that new hosts are waited for, in minutes: records and certificates take a few (how-to/manage-domains). */
const longestMinutes = 10;

/**
 * Waits until the platform has its records and certificates for the app's hosts, as after a first deployment. Where the
 * zone is managed elsewhere a person has to add the records first, so nothing is waited for. When the time is up the
 * command goes on: verify says what is missing.
 */
export async function awaitHosts(session: Session, tell: Tell): Promise<void> {
  const { environment, interruption } = session;
  if (environment.config.domain.zoneManagedBy === "elsewhere") return;
  const limitSeconds = longestMinutes * 60;
  await poll(
    async () => {
      const unfinished = (await runningApp(session))?.domains?.filter(
        ({ phase }) => phase !== "ACTIVE" && phase !== "ERROR",
      );
      if (!unfinished?.length) return true;
      tell(unfinished.map(({ spec, phase }) => `${spec.domain} is ${phase}`).join(", "));
      forgetReads(session, "app");
      return undefined;
    },
    { what: "the certificate of every host", limitSeconds, interruption },
  ).catch((error: unknown) => {
    if (error instanceof AbortError) throw error;
    tell(messageOf(error));
  });
}
