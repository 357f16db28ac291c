import type { z } from "zod";

import type { StorageTier } from "../../constructs/storage/tiers.ts";
import type { app } from "@mam-infra/clients/digitalocean/apps";
import type { connectionPool, firewallRule } from "@mam-infra/clients/digitalocean/database-parts";
import type { databaseCluster } from "@mam-infra/clients/digitalocean/databases";
import type { vpc } from "@mam-infra/clients/digitalocean/network";
import type { project } from "@mam-infra/clients/digitalocean/projects";

/** An app as the API shows it. */
export type StandingApp = z.output<typeof app>;

/** A private network as the API shows it. */
export type StandingVpc = z.output<typeof vpc>;

/** A cluster as the API shows it. */
export type StandingCluster = z.output<typeof databaseCluster>;

/** A database cluster with what is in it. */
export interface ClusterContents {
  readonly cluster: StandingCluster;
  /** Names of its logical databases; none where the engine has none. */
  readonly databases: readonly string[];
  /** Names of its users. */
  readonly users: readonly string[];
  readonly pools: readonly z.output<typeof connectionPool>[];
  readonly trustedSources: readonly Pick<z.output<typeof firewallRule>, "type" | "value">[];
  /** What Valkey does when memory is full; undefined for other engines. */
  readonly evictionPolicy?: string | undefined;
  /** Settings of the engine, in its own names. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A bucket as Wasabi shows it. */
export interface StandingBucket {
  readonly name: string;
  /** Region of Wasabi that it lies in, where that is another than the app's; nothing else is known of it then. */
  readonly elsewhere?: string | undefined;
  readonly isVersioned: boolean;
  /** Whether it keeps versions, or kept them once: what was replaced may still be there. */
  readonly hasVersions?: boolean;
  /** Whether object lock is on, with or without a retention that new objects get. */
  readonly isLockable?: boolean;
  /** The retention that new objects get; undefined where objects may be deleted at any time. */
  readonly lock?: { readonly mode: "GOVERNANCE" | "COMPLIANCE"; readonly days: number } | undefined;
  /** Days after which its objects expire; undefined where they stay. */
  readonly expiresAfterDays?: number | undefined;
  /** Days after which replaced versions expire; undefined where they stay. */
  readonly versionsExpireAfterDays?: number | undefined;
  /** Further rules by which something expires: for a part of it, or on a day. */
  readonly otherRules?: readonly string[];
  /** Whether somebody wrote a policy for it. */
  readonly hasPolicy?: boolean;
  /** Pages that somebody allowed to read or write it from a browser. */
  readonly origins?: readonly string[];
}

/** Everything that was made by hand and that an environment could be made of. */
export interface Standing {
  readonly app: StandingApp;
  /** Addresses that get the alerts of the app. */
  readonly recipients: readonly string[];
  /** Channels of Slack that get them. */
  readonly slackChannels: readonly string[];
  readonly vpc?: StandingVpc | undefined;
  readonly postgres?: ClusterContents | undefined;
  readonly valkey?: ClusterContents | undefined;
  /** Clusters of engines that the platform does not run on. */
  readonly strangers: readonly StandingCluster[];
  readonly project?: z.output<typeof project> | undefined;
  /** Zones that the account serves. */
  readonly zones: readonly string[];
  /** Hosts in these zones that lead elsewhere already. */
  readonly takenHosts: readonly string[];
  /** Certificate authorities that records of these zones allow, beside those of App Platform. */
  readonly authorities: readonly string[];
  readonly buckets: Readonly<Partial<Record<StorageTier, StandingBucket>>>;
}
