/** How long something takes on the real platform. */
export interface Duration {
  readonly seconds: number;
  /** Where the number comes from. */
  readonly source: string;
  /**
   * Whether the number is an assumption: no vendor page states it. Such a row changes what a rehearsal says about the
   * real platform, but not what it proves.
   */
  readonly assumed: boolean;
}

const stated = (seconds: number, source: string): Duration => ({ seconds, source, assumed: false });
const assumed = (seconds: number, source: string): Duration => ({ seconds, source, assumed: true });

const createTimeout =
  "terraform-provider-digitalocean 2.99.1 waits up to 30 minutes (database/resource_database_cluster.go); the quickstarts of docs.digitalocean.com/products/databases speak of a few minutes";
const rollout =
  "progress steps with their times in DigitalOcean's API description, apps/responses/examples.yml";

/**
 * How long the real platforms take, in seconds: what the virtual clock plays, and what the summary of a rehearsal adds
 * up along its critical path.
 */
export const durations = {
  "api-call": assumed(0.5, "a round trip with work behind it; no vendor page states one"),
  "database-create-pg": assumed(300, createTimeout),
  "database-create-advanced_pg": assumed(600, `${createTimeout}; a new kind of cluster, so slower`),
  "database-create-valkey": assumed(240, createTimeout),
  "database-create-opensearch": assumed(420, createTimeout),
  "database-standby": assumed(60, "added to the creation for each standby node"),
  "database-restore": assumed(600, "restoring a backup into a new cluster; grows with the data"),
  "database-resize": assumed(
    600,
    "docs.digitalocean.com/products/databases/postgresql/how-to/resize: new nodes are added, then the old are removed",
  ),
  "database-migrate": assumed(1200, "moving to another region copies everything"),
  "database-upgrade": assumed(900, "an in-place major upgrade with a short outage"),
  "database-destroy": assumed(
    180,
    "terraform-provider-digitalocean issue 488: the nodes leave the VPC minutes after DELETE has answered",
  ),
  "deployment-queued": stated(6, `${rollout}: created 17:05:30, build began 17:05:35`),
  "build-initialize": stated(1, rollout),
  "build-component": stated(43, `${rollout}: 17:05:36 to 17:06:19, a small Go service`),
  "deployment-built": stated(5, `${rollout}: build ended 17:06:19, deploy began 17:06:25`),
  "deploy-initialize": stated(1, rollout),
  "deploy-finalize": stated(3, rollout),
  "droplet-create": assumed(
    90,
    "docs.digitalocean.com/products/droplets speaks of about a minute; a GPU Droplet is slower",
  ),
  "droplet-shutdown": assumed(15, "systemd ends what runs, and each program has its own patience"),
  "image-pull": assumed(10, "an image of a few hundred MiB from the registry beside the app"),
  "job-run": assumed(20, "a migration without a large table to rewrite"),
  "health-check-grace": assumed(
    0,
    "the platform's own pause between a container's start and its first check; docs name initial_delay_seconds only",
  ),
  "container-crash": assumed(30, "restarts with back-off until the deployment is given up"),
  "router-propagation": assumed(
    5,
    "app_service_spec_termination.yml: the load balancers drain asynchronously, so they go on sending requests for a moment",
  ),
  "single-instance-switch": assumed(
    10,
    "an app of one instance has no second one to route to while it is replaced; docs.digitalocean.com/products/app-platform/how-to/scale-app recommends two for this reason",
  ),
  "domain-configure": assumed(60, "the platform's own DNS record and its propagation"),
  "insights-metric": assumed(
    180,
    "from a measurement until it is found: DO-Solutions/porthole B-031 saw load 184 to 243 s after it began, up to 60 s of which are the minute itself",
  ),
  "insights-alert-recovery": assumed(
    300,
    "how long a rule is not met until its alert is over: the same saw a rule with a window of one minute fire after 4 min 35 s and recover 8 min 35 s after the end",
  ),
  "domain-certificate": assumed(
    120,
    "docs.digitalocean.com/products/app-platform/how-to/manage-domains: certificates are issued within minutes",
  ),
} as const satisfies Record<string, Duration>;

/** Name of a duration. */
export type DurationName = keyof typeof durations;

/** The number of seconds alone. */
export function secondsOf(name: DurationName): number {
  return durations[name].seconds;
}
