import type { Violation } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import { type RunningApp, ownApp } from "../platform/running-app.ts";
import type { DoctorContext } from "./context.ts";

/** A host of the environment that another app of the account has. */
interface TakenHost {
  readonly host: string;
  readonly app: RunningApp;
}

/** Hosts of an environment that other apps of the account have. */
export function takenHosts(session: Session, apps: readonly RunningApp[]): TakenHost[] {
  const { appHost, mediaHost } = session.environment.config.domain;
  const own = ownApp(session, apps);
  return apps
    .filter(({ id }) => id !== own?.id)
    .flatMap((app) =>
      [appHost, mediaHost]
        .filter((host) => app.spec.domains?.some(({ domain }) => domain === host))
        .map((host) => ({ host, app })),
    );
}

/** Which other app has a host of the environment. */
export async function lookAtTakenHosts({ session, apps }: DoctorContext): Promise<Violation[]> {
  return takenHosts(session, await apps()).map(({ host, app: { id, spec } }) => ({
    resource: host,
    expected: "a host that no other app has",
    found: `the app ${spec.name} (${id}) has it`,
    fix: `choose another host; or take it from ${spec.name} first: https://cloud.digitalocean.com/apps/${id}/settings`,
  }));
}
