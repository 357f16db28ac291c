import type { Watched } from "../../monitoring/watched.ts";
import type { Session } from "../context/session.ts";
import { ownClusters } from "../platform/own-clusters.ts";
import { runningApp } from "../platform/running-app.ts";

/** What is watched, and since when all of it stands. */
export interface Standing {
  readonly watched: Watched;
  /** When the newest of it was made. */
  readonly since: Date;
}

/** The app and the clusters of an environment, as the platform knows them; undefined before all of them stand. */
export async function askWatched(session: Session): Promise<Standing | undefined> {
  const { clients, environment } = session;
  const api = clients.digitalOcean();
  const [app, { postgres, valkey }] = await Promise.all([
    runningApp(session),
    ownClusters(api, environment.config),
  ]);
  if (!app || !postgres || !valkey) return undefined;
  return {
    watched: { app: app.id, postgres: postgres.id, valkey: valkey.id },
    since: new Date(app.created_at),
  };
}
