/** What is watched, as the platform knows it. */
export interface Watched {
  /** Id of the app. */
  readonly app: string;
  /** Ids of the clusters. */
  readonly postgres: string;
  readonly valkey: string;
}

/** URN of an app, as its metrics are labelled (godo 1.239.0, App.URN). */
export function appUrn({ app }: Pick<Watched, "app">): string {
  return `do:app:${app}`;
}

/** URN of a cluster, as its metrics are labelled (godo 1.239.0, Database.URN). */
export function clusterUrn(watched: Watched, cluster: "postgres" | "valkey"): string {
  return `do:dbaas:${watched[cluster]}`;
}
