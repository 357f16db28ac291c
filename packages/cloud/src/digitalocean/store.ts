import type { DemandedFailure, App } from "./apps/model.ts";
import type { ApiToken } from "./api/authentication.ts";
import type { DatabaseAuthorities } from "./databases/certificate-authority.ts";
import type { DatabaseCluster } from "./databases/model.ts";
import type { Droplet } from "./droplets/model.ts";
import type { Firewall } from "./firewalls/model.ts";
import type { Domain } from "./domains/model.ts";
import type { InsightsState } from "./insights/model.ts";
import type { AlertPolicy } from "./monitoring/policy.ts";
import type { Assignment, Project } from "./projects/model.ts";
import type { ExternalImage, Registry } from "./registry/model.ts";
import type { ScheduledEvent } from "./schedule.ts";
import type { Tag } from "./tags/model.ts";
import type { UptimeCheck } from "./uptime/model.ts";
import type { UptimeWatch } from "./uptime/watch.ts";
import type { Vpc } from "./vpcs/model.ts";

/** The account that everything belongs to. */
interface Account {
  readonly uuid: string;
  /** The owner's mail address: alerts go there unless they are sent elsewhere. */
  readonly email: string;
  isEmailVerified: boolean;
  /** What DigitalOcean thinks of the account, with a reason unless it is active. */
  standing: { readonly status: "active" | "warning" | "locked"; readonly message: string };
  readonly name: string;
  readonly team: string;
  /** Verified mail addresses of the team, the only ones that alerts can be sent to. */
  readonly members: readonly string[];
  readonly createdAt: string;
  /** Whether it had a PostgreSQL or MySQL cluster before 2026-10-15, see `standardLimitDates`. */
  readonly hadDatabases: boolean;
  readonly metricsCredentials: { readonly username: string; readonly password: string };
}

/** The whole state of the account: plain data and nothing else. */
export interface Store {
  readonly account: Account;
  readonly tokens: ApiToken[];
  readonly projects: Project[];
  readonly assignments: Assignment[];
  readonly vpcs: Vpc[];
  readonly databases: DatabaseCluster[];
  /** Certificates of the authorities that sign the clusters' certificates. */
  readonly databaseAuthorities: DatabaseAuthorities;
  readonly apps: App[];
  readonly domains: Domain[];
  readonly registries: Registry[];
  readonly externalImages: ExternalImage[];
  readonly alertPolicies: AlertPolicy[];
  readonly uptimeChecks: UptimeCheck[];
  readonly uptimeWatch: UptimeWatch;
  readonly insights: InsightsState;
  readonly tags: Tag[];
  readonly droplets: Droplet[];
  readonly firewalls: Firewall[];
  /** Names of the account's Spaces buckets, which projects can hold. */
  readonly spaces: string[];
  /** Host names outside of the account's zones and the host that each is a CNAME of. */
  readonly externalRecords: Record<string, string>;
  /** Host names outside of the account's zones and the addresses that each has. */
  readonly externalAddresses: Record<string, readonly string[]>;
  /** Name servers of every zone that a registrar delegates. */
  readonly delegations: Record<string, readonly string[]>;
  /** Authorities that the CAA records of names outside of the account's zones allow. */
  readonly externalAuthorities: Record<string, readonly string[]>;
  /** Slugs of regions and sizes, and versions such as `pg 17`, that are no longer sold. What has them keeps them. */
  readonly withdrawn: string[];
  /** Failures for the next deployments, one each. */
  readonly demandedFailures: DemandedFailure[];
  readonly schedule: ScheduledEvent[];
  /** Virtual seconds that pass here in a second of a program's drain or grace: its own scale is not the clock's. */
  programStretch: number;
  nextRecordId: number;
  /** Droplets that were made so far: none gets the id of one that is gone. */
  nextDroplet: number;
}
