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
}

/** A bucket as somebody makes it on Wasabi. */
export interface BucketByHand {
  readonly name: string;
  readonly tier: StorageTier;
  readonly versioned?: boolean;
  readonly lockDays?: number;
  readonly expiresAfterDays?: number;
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
  /** Targets of uptime checks. */
  readonly checks?: readonly { readonly name: string; readonly target: string }[];
  /** What the app says; its VPC is added. */
  readonly spec: AppSpec;
  /** What a person adds to `mam adopt`. */
  readonly options?: readonly string[];
}
