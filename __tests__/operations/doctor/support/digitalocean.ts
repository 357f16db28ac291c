import type { TestPlatform } from "../../../support/platform.ts";
import { type Breakage, undeployed, withConfig, withEnvironment, withdraw } from "./breakage.ts";

/** A session with a token that only this breakage knows. */
function tokenOf(platform: TestPlatform, scopes: "full" | "read" | readonly string[]) {
  const { tokens } = platform.cloud.digitalOcean.store;
  const value = `dop_v1_${tokens.length}`;
  tokens.push({ value, scopes });
  return { session: platform.session({ DIGITALOCEAN_TOKEN: value }), value };
}

const allButTwo = [
  ...["account:read", "app:read", "database:read", "domain:read", "monitoring:read"],
  ...["project:read", "regions:read", "uptime:read", "app:update", "database:update"],
  ...["domain:update", "monitoring:update", "project:update", "uptime:update", "vpc:update"],
];

const owner = "owner@rehearsal.example";
const unknownDigest = `sha256:${"0".repeat(64)}`;

/** What can be wrong with the token and its account, and what is no longer sold. */
export const digitalOceanBreakages: readonly Breakage[] = [
  {
    id: "digitalocean-token",
    name: "no token",
    breaks: (platform) => ({ session: platform.session({ DIGITALOCEAN_TOKEN: undefined }) }),
    finds: [
      {
        resource: "DIGITALOCEAN_TOKEN",
        expected: expect.stringContaining("registry:read"),
        found: "missing",
        fix: "make one at https://cloud.digitalocean.com/account/api/tokens, then export DIGITALOCEAN_TOKEN=…",
      },
    ],
  },
  {
    id: "digitalocean-token",
    name: "a token that was revoked",
    breaks: (platform) => ({ session: platform.session({ DIGITALOCEAN_TOKEN: "dop_v1_gone" }) }),
    finds: [
      {
        resource: "DIGITALOCEAN_TOKEN",
        expected: "a token that is taken",
        found: "401 Unauthorized",
      },
    ],
  },
  {
    id: "digitalocean-scopes",
    name: "a token that lacks two scopes",
    breaks: (platform) => tokenOf(platform, allButTwo),
    finds: [
      {
        resource: "DIGITALOCEAN_TOKEN",
        expected: "the scope registry:read",
        found: "403",
        fix: "make a token with the missing scopes at https://cloud.digitalocean.com/account/api/tokens",
      },
      { expected: "the scope vpc:read" },
    ],
  },
  {
    id: "digitalocean-scopes",
    name: "a token that only reads",
    breaks: (platform) => tokenOf(platform, "read"),
    finds: ["app", "database", "domain", "monitoring", "project", "uptime", "vpc"].map((area) => ({
      expected: `the scope ${area}:update`,
    })),
  },
  {
    id: "insights-scopes",
    name: "a token that only reads",
    breaks: (platform) => tokenOf(platform, "read"),
    finds: ["update", "delete"].map((action) => ({ expected: `the scope insights:${action}` })),
  },
  {
    id: "insights-scopes",
    name: "an account without Insights",
    breaks: (platform) => {
      const { knobs } = platform.cloud.digitalOcean.insights;
      knobs.availability = "forbidden";
      return {
        session: platform.session(),
        mend: () => (knobs.availability = "available"),
      };
    },
    finds: ["read", "update", "delete"].map((action) => ({
      expected: `the scope insights:${action}`,
    })),
  },
  {
    id: "account-active",
    name: "an account that is locked",
    breaks: (platform) => {
      const { account } = platform.cloud.digitalOcean.store;
      account.standing = { status: "locked", message: "payment is overdue" };
      return {
        session: platform.session(),
        mend: () => (account.standing = { status: "active", message: "" }),
      };
    },
    finds: [
      {
        resource: `the account of ${owner}`,
        expected: "active",
        found: "locked: payment is overdue",
        fix: "settle it at https://cloud.digitalocean.com/account/billing, or with DigitalOcean's support",
      },
    ],
  },
  {
    id: "request-limit",
    name: "a token whose hour is nearly used up",
    breaks: (platform) => {
      const { session, value } = tokenOf(platform, "full");
      platform.cloud.digitalOcean.useUpRequests(value, 4500);
      return { session };
    },
    finds: [
      {
        severity: "warning",
        expected: "1000 requests or more",
        found: expect.stringMatching(/^499 of 5000; more from \d{4}-.*Z on$/),
      },
    ],
  },
  {
    id: "alert-recipients",
    name: "a recipient who has not confirmed the address",
    breaks: (platform) => {
      const { account } = platform.cloud.digitalOcean.store;
      account.isEmailVerified = false;
      return {
        session: withConfig(platform.session(), ({ alerting }) => (alerting.recipients = [owner])),
        mend: () => (account.isEmailVerified = true),
      };
    },
    finds: [{ resource: owner, expected: "a verified address", found: "not verified yet" }],
  },
  {
    id: "app-region",
    name: "a region that takes no new apps",
    breaks: (platform) => ({
      session: undeployed(platform.session()),
      mend: withdraw(platform, "nyc"),
    }),
    finds: [
      {
        resource: "the App Platform region nyc",
        expected: "open for new apps",
        found: "closed for new apps: capacity",
        fix: "choose another `network.region` before the first deployment",
      },
    ],
  },
  {
    id: "datacentre",
    name: "a datacentre that is full",
    breaks: (platform) => ({
      session: undeployed(platform.session()),
      mend: withdraw(platform, "nyc1"),
    }),
    finds: [{ resource: "the datacentre nyc1", expected: "available", found: "not available" }],
  },
  {
    id: "instance-sizes",
    name: "an instance size that left the list",
    breaks: (platform) => ({
      session: platform.session(),
      mend: withdraw(platform, "apps-s-1vcpu-2gb"),
    }),
    finds: [
      {
        resource: "the instance size of worker",
        expected: expect.stringContaining("apps-d-1vcpu-2gb"),
        found: "apps-s-1vcpu-2gb",
        fix: "change services.worker.size in the environment file",
      },
    ],
  },
  {
    id: "instance-sizes-scale",
    name: "sizes that cannot have more instances",
    breaks: (platform) => ({
      session: withConfig(platform.session(), ({ services }) => {
        services.api.instances = { autoscaling: { minimum: 2, maximum: 4, cpuPercent: 70 } };
        services.edge.size = "apps-s-1vcpu-0.5gb";
      }),
    }),
    finds: [
      {
        resource: "the instance size of api",
        expected: "a size that can autoscale, such as apps-d-1vcpu-2gb",
        found: "apps-s-1vcpu-1gb",
        fix: "change services.api.size",
      },
      {
        resource: "the instance size of edge",
        expected: "a size that allows 2 instances, such as apps-s-1vcpu-1gb",
        found: "apps-s-1vcpu-0.5gb",
      },
    ],
  },
  {
    id: "postgres-plan",
    name: "a size and a version of PostgreSQL that are no longer sold",
    breaks: (platform) => ({
      session: undeployed(platform.session()),
      mend: withdraw(platform, "db-s-1vcpu-2gb", "pg 17"),
    }),
    finds: [
      {
        resource: "the plan of mam-undeployed-postgres: database.version",
        // 13 ended in 2025, 14 in 2026.
        expected: "one of 15, 16",
        found: "17",
        fix: "change database.version in the environment file",
      },
      {
        resource: "the plan of mam-undeployed-postgres: database.size",
        expected: expect.stringContaining("db-s-2vcpu-4gb"),
        found: "db-s-1vcpu-2gb",
      },
    ],
  },
  {
    id: "postgres-plan",
    name: "a cluster that would grow to a size that is no longer sold",
    breaks: (platform) => ({
      session: withConfig(platform.session(), ({ database }) => (database.size = "db-s-2vcpu-4gb")),
      mend: withdraw(platform, "db-s-2vcpu-4gb"),
    }),
    finds: [{ found: "db-s-2vcpu-4gb" }],
  },
  {
    id: "valkey-plan",
    name: "a number of nodes that Valkey does not have",
    breaks: (platform) => ({
      session: withConfig(undeployed(platform.session()), ({ cache }) => (cache.nodes = 7)),
    }),
    finds: [
      {
        resource: "the plan of mam-undeployed-valkey: cache.nodes",
        expected: "one of 1, 2, 3",
        found: "7",
      },
    ],
  },
  {
    id: "valkey-plan",
    name: "a region in which Valkey is no longer sold",
    breaks: (platform) => ({
      session: undeployed(platform.session()),
      mend: withdraw(platform, "nyc1"),
    }),
    finds: [{ resource: "the plan of mam-undeployed-valkey: network.region", found: "nyc1" }],
  },
  {
    id: "vpc-range",
    name: "a range that another VPC has",
    breaks: (platform) => ({
      session: withConfig(
        undeployed(platform.session()),
        ({ network }) => (network.vpcCidr = "10.121.8.0/24"),
      ),
    }),
    finds: [
      {
        resource: "the VPC mam-staging",
        expected: "a range clear of 10.121.8.0/24",
        found: "10.121.0.0/20",
        fix: "choose another `network.vpcCidr` before the first deployment",
      },
    ],
  },
  {
    id: "backup-image",
    name: "a release without the image of the nightly dump",
    breaks: (platform) => {
      const session = platform.session();
      const { frontend, api, worker, edge } = session.environment.release.images;
      const release = { images: { frontend, api, worker, edge } };
      return { session: withEnvironment(session, { release }) };
    },
    finds: [
      { resource: "the image of backup", expected: "a digest in the release file", found: "none" },
    ],
  },
  {
    id: "image-digests",
    name: "an image that was never pushed, and a repository that is not there",
    breaks: (platform) => {
      const session = platform.session();
      const { images } = session.environment.release;
      const release = { images: { ...images, api: unknownDigest } };
      return {
        session: withConfig(
          withEnvironment(session, { release }),
          ({ services }) => (services.edge.repository = "mam-player"),
        ),
      };
    },
    finds: [
      {
        resource: "the image of api",
        expected: unknownDigest,
        found: expect.stringContaining(`mam-api has no image with the digest ${unknownDigest}`),
        fix: expect.stringMatching(/`mam release staging api=sha256:[0-9a-f]{64}`$/),
      },
      {
        resource: "the image of edge",
        found: "no registry of the account has the repository mam-player",
      },
    ],
  },
  {
    id: "service-levels",
    name: "images that run and have no service levels",
    breaks: (platform) => {
      const [app] = platform.cloud.digitalOcean.store.apps;
      const active = app!.deployments.find(({ id }) => id === app!.active_deployment)!;
      const kept = active.spec;
      // Without a rule nothing leads anywhere, and every path is 404.
      Object.assign(active, { spec: { ...kept, ingress: { rules: [] } } });
      return {
        session: platform.session(),
        mend: () => Object.assign(active, { spec: kept }),
      };
    },
    finds: [
      {
        severity: "warning",
        resource: "the service levels of edge",
        found: "404",
        fix: expect.stringContaining("monitoring.objectives.enabled: false"),
      },
      { resource: "the service levels of api" },
      { resource: "the service levels of frontend" },
    ],
  },
];
