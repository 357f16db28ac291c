import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { bucketName, storageTiers } from "../../../constructs/storage/tiers.ts";
import { componentsOf } from "../../cost/lines/app-platform.ts";
import { clustersOf } from "../../cost/lines/databases.ts";

/** A box of the picture. */
export interface Box {
  readonly id: string;
  readonly title: string;
  /** A line below the title: how many, of which size. */
  readonly about: string;
  /** The frame that it stands in. */
  readonly frame: string;
}

/** An arrow between two boxes, from the one that asks to the one that answers. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** What stands in an environment, and who asks whom. */
export interface Picture {
  /** Said where a picture cannot be seen. */
  readonly caption: string;
  /** Frames from left to right; boxes of a frame stand below each other. */
  readonly frames: readonly { readonly id: string; readonly title: string }[];
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** Who asks whom, whatever an environment says. */
const asks: readonly (readonly [from: string, to: readonly string[]])[] = [
  ["people", ["frontend", "api", "edge", "staging"]],
  ["api", ["postgres", "valkey", "staging", "masters"]],
  ["worker", ["valkey", "masters", "previews"]],
  ["edge", ["previews"]],
  ["backup", ["postgres", "backups"]],
];

/** The picture of an environment, from its configuration. */
export function pictureOf(config: EnvironmentConfig): Picture {
  const boxes = [
    box("people", "people", "Browsers", `https://${config.domain.appHost}`),
    ...servicesOf(config),
    ...databasesOf(config),
    ...storageTiers.map((tier) => box("wasabi", tier, tier, bucketName(config, tier))),
  ];
  return {
    caption: `${config.name}: browsers reach ${config.domain.appHost} and ${config.domain.mediaHost}; four services in a private network use PostgreSQL, Valkey and four buckets on Wasabi.`,
    frames: [
      { id: "people", title: "Internet" },
      { id: "services", title: `App Platform, ${config.network.region}` },
      { id: "databases", title: `Private network, ${config.network.vpcCidr}` },
      { id: "wasabi", title: "Wasabi" },
    ],
    boxes,
    arrows: asks
      .filter(([from]) => boxes.some(({ id }) => id === from))
      .flatMap(([from, to]) => to.map((one) => ({ from, to: one }))),
  };
}

function servicesOf(config: EnvironmentConfig): Box[] {
  return componentsOf(config)
    .filter(({ kind }) => kind !== "job")
    .map(({ name, size, instances: { least, most } }) =>
      box("services", name, name, `${least === most ? least : `${least} to ${most}`} × ${size}`),
    );
}

function databasesOf(config: EnvironmentConfig): Box[] {
  const titles = { postgres: "PostgreSQL", valkey: "Valkey" };
  return clustersOf(config).map(({ name, nodes, size }) =>
    box("databases", name, titles[name], `${nodes} × ${size}`),
  );
}

function box(frame: string, id: string, title: string, about: string): Box {
  return { frame, id, title, about };
}
