import type { LifecycleRule } from "@aws-sdk/client-s3";

import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { StorageTier } from "../../../constructs/storage/tiers.ts";

/** A cluster as somebody makes it in the control panel. */
export interface ClusterByHand {
  readonly name: string;
  readonly engine: "pg" | "advanced_pg" | "valkey";
  readonly version: string;
  readonly size: string;
  readonly nodes: number;
  readonly databases?: readonly string[];
  readonly users?: readonly string[];
  readonly pools?: readonly {
    readonly name: string;
    readonly mode: "transaction" | "session";
    readonly size: number;
    readonly db: string;
    readonly user: string;
  }[];
  /** Trusted sources: a kind and a value. */
  readonly sources?: readonly (readonly [type: string, value: string])[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  /** What it had when that was sold still: the platform gives it to no new cluster. */
  readonly sinceThen?: { readonly size: string; readonly nodes: number };
}

/** A bucket as somebody makes it on Wasabi. */
export interface BucketByHand {
  readonly name: string;
  readonly tier: StorageTier;
  readonly versioned?: boolean;
  readonly lockDays?: number;
  /** A retention that nobody can shorten, in years. */
  readonly lockYears?: number;
  readonly expiresAfterDays?: number;
  /** Lifecycle rules of any kind, instead of one for the whole bucket. */
  readonly rules?: readonly LifecycleRule[];
  /** Whether everybody may read it. */
  readonly public?: boolean;
  /** Pages that may read and write it from a browser. */
  readonly origins?: readonly string[];
}

/** A record of the zone, which somebody wrote for something else. */
interface RecordByHand {
  readonly type: "A" | "CNAME" | "CAA" | "MX" | "TXT";
  readonly name: string;
  readonly data: string;
}

/** A platform that was made by hand, as data. */
export interface Shape {
  /** Name of the environment that it becomes. */
  readonly name: string;
  /** What is particular about it. */
  readonly title: string;
  /** Zone whose name servers are DigitalOcean's. */
  readonly zone: string;
  /** Whether the account serves the zone. */
  readonly servesZone: boolean;
  readonly datacentre: string;
  readonly vpc?: { readonly name: string; readonly range: string };
  /** Whether the app is in the VPC; default: yes. */
  readonly joinsVpc?: boolean;
  readonly project?: string;
  readonly clusters: readonly ClusterByHand[];
  readonly buckets: readonly BucketByHand[];
  readonly records?: readonly RecordByHand[];
  /** Images that the registry has under a tag: repository, tag, and one character as their digests have it. */
  readonly tags?: readonly (readonly [repository: string, tag: string, character: string])[];
  /** Targets of uptime checks. */
  readonly checks?: readonly { readonly name: string; readonly target: string }[];
  /** What the app says; its VPC is added. */
  readonly spec: AppSpec;
  /** What a person adds to `mam adopt`. */
  readonly options?: readonly string[];
}
