import type { Shape } from "./shape.ts";

const digest = (character: string) => `sha256:${character.repeat(64)}`;

const image = (repository: string, character: string) => ({
  registry_type: "DOCR",
  repository,
  digest: digest(character),
});

const service = (name: string, repository: string, character: string, port = 8080) => ({
  name,
  image: image(repository, character),
  http_port: port,
  instance_count: 1,
  instance_size_slug: "apps-s-1vcpu-1gb",
});

const route = (name: string, prefix: string, host?: string) => ({
  match: { path: { prefix }, ...(host === undefined ? {} : { authority: { exact: host } }) },
  component: { name, preserve_path_prefix: true },
});

const general = (key: string, value: string) => ({
  key,
  value,
  type: "GENERAL",
  scope: "RUN_TIME",
});

const managed = (name: string, engine: string, cluster: string, rest: object = {}) => ({
  name,
  engine,
  production: true,
  cluster_name: cluster,
  ...rest,
});

/** One service, and nothing else: how most begin. */
const minimal: Shape = {
  name: "corner",
  title: "one service, no database, no host of its own",
  zone: "corner.northlight.example",
  servesZone: true,
  datacentre: "nyc1",
  clusters: [],
  buckets: [],
  spec: {
    name: "corner-web",
    region: "nyc",
    services: [service("web", "corner-web", "1")],
  },
};

/** Four components under other names, on clusters with the names that the control panel proposes. */
const renamed: Shape = {
  name: "shop",
  title: "four components, clusters and buckets under other names",
  zone: "shop.example",
  servesZone: true,
  datacentre: "nyc1",
  vpc: { name: "shop-net", range: "10.45.0.0/20" },
  project: "Web shop",
  clusters: [
    {
      name: "db-postgresql-nyc1-12345",
      engine: "pg",
      version: "17",
      size: "db-s-1vcpu-2gb",
      nodes: 1,
      databases: ["shop"],
      users: ["shop"],
      pools: [{ name: "web-pool", mode: "transaction", size: 12, db: "shop", user: "" }],
      sources: [["ip_addr", "203.0.113.7"]],
      settings: { log_min_duration_statement: 250 },
    },
    {
      name: "db-valkey-nyc1-67890",
      engine: "valkey",
      version: "8",
      size: "db-s-1vcpu-1gb",
      nodes: 1,
    },
  ],
  buckets: [
    { name: "shop-uploads", tier: "staging" },
    { name: "shop-originals", tier: "masters", versioned: true },
    { name: "shop-films", tier: "previews", expiresAfterDays: 90 },
  ],
  checks: [{ name: "site", target: "https://www.shop.example/" }],
  spec: {
    name: "shop-web",
    region: "nyc",
    domains: [
      { domain: "www.shop.example", type: "PRIMARY", zone: "shop.example" },
      { domain: "cdn.shop.example", type: "ALIAS", zone: "shop.example" },
    ],
    services: [
      service("page", "shop-page", "2", 3001),
      {
        ...service("backend", "shop-backend", "3", 3000),
        instance_count: 2,
        envs: [
          general("LOG_LEVEL", "warn"),
          general("FEATURE_FLAGS", "colours"),
          { key: "EDGE_SIGNING_KEY_A", value: "by-hand", type: "SECRET", scope: "RUN_TIME" },
        ],
      },
      service("cdn", "shop-cdn", "4"),
    ],
    workers: [
      {
        name: "encoder",
        image: image("shop-encoder", "5"),
        instance_count: 1,
        instance_size_slug: "apps-s-1vcpu-2gb",
      },
    ],
    databases: [
      managed("db", "PG", "db-postgresql-nyc1-12345", { db_name: "shop", db_user: "shop" }),
      managed("queue", "VALKEY", "db-valkey-nyc1-67890"),
    ],
    ingress: {
      rules: [route("cdn", "/", "cdn.shop.example"), route("backend", "/api"), route("page", "/")],
    },
  },
  options: [
    ...["--bucket", "staging=shop-uploads"],
    ...["--bucket", "masters=shop-originals"],
    ...["--bucket", "previews=shop-films"],
  ],
};

/** In Frankfurt, with dedicated sizes, a standby, and autoscaling. */
const frankfurt: Shape = {
  name: "studio",
  title: "another region, other sizes, autoscaling, a VPC of another range, locked buckets",
  zone: "studio.example",
  servesZone: true,
  datacentre: "fra1",
  vpc: { name: "studio", range: "172.20.16.0/22" },
  clusters: [
    {
      name: "studio-db",
      engine: "advanced_pg",
      version: "17",
      size: "gd-2vcpu-8gb",
      nodes: 2,
      databases: ["media"],
      users: ["media_app"],
      sources: [["ip_addr", "172.20.16.0/22"]],
    },
    { name: "studio-cache", engine: "valkey", version: "8", size: "db-s-1vcpu-2gb", nodes: 2 },
  ],
  buckets: [
    { name: "studio-media-staging", tier: "staging", expiresAfterDays: 14 },
    { name: "studio-media-masters", tier: "masters", versioned: true, lockDays: 30 },
    { name: "studio-media-previews", tier: "previews" },
    {
      name: "studio-media-backups",
      tier: "backups",
      versioned: true,
      lockDays: 14,
      expiresAfterDays: 30,
    },
  ],
  spec: {
    name: "studio",
    region: "fra",
    domains: [
      { domain: "studio.example", type: "PRIMARY", zone: "studio.example" },
      { domain: "media.studio.example", type: "ALIAS", zone: "studio.example" },
    ],
    services: [
      { ...service("frontend", "mam-frontend", "2", 3001), instance_count: 2 },
      {
        name: "api",
        image: image("mam-api", "3"),
        http_port: 3000,
        instance_size_slug: "apps-d-1vcpu-2gb",
        autoscaling: {
          min_instance_count: 2,
          max_instance_count: 5,
          metrics: { cpu: { percent: 60 } },
        },
        envs: [
          general("STAGING_BUCKET", "studio-media-staging"),
          general("MASTERS_BUCKET", "studio-media-masters"),
          general("PREVIEWS_BUCKET", "studio-media-previews"),
        ],
      },
      { ...service("edge", "mam-edge", "4"), instance_count: 2 },
    ],
    workers: [
      {
        name: "worker",
        image: image("mam-worker", "5"),
        instance_count: 2,
        instance_size_slug: "apps-d-2vcpu-4gb",
      },
    ],
    databases: [
      managed("pg", "PG", "studio-db", { db_name: "media", db_user: "media_app" }),
      managed("cache", "VALKEY", "studio-cache"),
    ],
    ingress: {
      rules: [
        route("edge", "/", "media.studio.example"),
        route("api", "/api"),
        route("frontend", "/"),
      ],
    },
  },
  options: ["--bucket", "backups=studio-media-backups"],
};

/** Hosts that an environment has no room for, and clusters that the app does not name. */
const manyHosts: Shape = {
  name: "press",
  title: "further hosts, a cluster that the app does not name, no VPC in the app",
  zone: "press.example",
  servesZone: true,
  datacentre: "nyc1",
  vpc: { name: "press-net", range: "10.46.0.0/20" },
  joinsVpc: false,
  clusters: [
    {
      name: "press-db",
      engine: "pg",
      version: "16",
      size: "db-s-1vcpu-2gb",
      nodes: 1,
      databases: ["press"],
      users: [],
      pools: [{ name: "press", mode: "session", size: 5, db: "press", user: "doadmin" }],
    },
  ],
  buckets: [],
  spec: {
    name: "press",
    region: "nyc",
    domains: [
      { domain: "app.press.example", type: "PRIMARY" },
      { domain: "press.example", type: "ALIAS" },
      { domain: "video.press.example", type: "ALIAS" },
    ],
    envs: [general("TEAM", "press")],
    services: [
      service("frontend", "mam-frontend", "2", 3001),
      service("api", "mam-api", "3", 3000),
    ],
    ingress: { rules: [route("api", "/api"), route("frontend", "/")] },
  },
  options: ["--postgres", "press-db"],
};

/** Images from elsewhere, a size that is not sold any more, a static page beside it. */
const elsewhere: Shape = {
  name: "gallery",
  title: "images of Docker Hub, a static site beside the API, variables that no image reads",
  zone: "gallery.example",
  servesZone: true,
  datacentre: "nyc1",
  vpc: { name: "gallery", range: "10.47.0.0/20" },
  clusters: [
    {
      name: "gallery-db",
      engine: "pg",
      version: "17",
      size: "db-s-1vcpu-1gb",
      nodes: 1,
      databases: [],
      users: [],
      sources: [["ip_addr", "10.47.0.0/20"]],
    },
  ],
  buckets: [{ name: "gallery-media-masters", tier: "masters" }],
  spec: {
    name: "gallery",
    region: "nyc",
    domains: [{ domain: "www.gallery.example", type: "PRIMARY", zone: "gallery.example" }],
    services: [
      {
        ...service("api", "mam-api", "3", 3000),
        envs: [general("MASTERS_BUCKET", "gallery-media-masters"), general("DEBUG_SQL", "1")],
      },
    ],
    databases: [managed("db", "PG", "gallery-db", { db_name: "defaultdb", db_user: "doadmin" })],
    ingress: { rules: [route("api", "/")] },
  },
};

/** Platforms that were made by hand, each of another shape. */
export const shapes: readonly Shape[] = [minimal, renamed, frankfurt, manyHosts, elsewhere];

/** The one that the rehearsal takes over: nothing in it is called as ours is. */
export const rehearsedShape = renamed;
