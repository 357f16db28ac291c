import { z } from "zod";

import { type InstanceSizeSlug, instanceSizeSlugs } from "../platform/instance-sizes.ts";
import { defaultedGroup, field, group, reason, wholeNumber } from "./field.ts";
import { gpuSchema } from "./gpu.ts";
import {
  componentFields,
  graceSeconds,
  migrationSchema,
  serviceFields,
  workerTermination,
} from "./service.ts";

const rateLimit = (what: string, maximum: number, windowSeconds: number) =>
  defaultedGroup(`Rate limit of ${what}, for each client address.`, {
    maximum: field(wholeNumber(1, 1_000_000).default(maximum), {
      meaning: "Requests within the window; more are answered with 429.",
      unit: "requests",
    }),
    windowSeconds: field(wholeNumber(1, 86_400).default(windowSeconds), {
      meaning: "Length of the window.",
      unit: "seconds",
    }),
  });

const uploadsSchema = defaultedGroup(
  "Uploads go from the browser straight to Wasabi by presigned URLs: App Platform would end them after 100 seconds.",
  {
    maximumObjectGib: field(wholeNumber(1, 5120).default(200), {
      meaning:
        "Largest upload the API signs. Wasabi's own limit is 5 TiB. The API signs each part's length, and storage refuses another: docs/uploads.md.",
      unit: "GiB",
    }),
    partSizeMib: field(wholeNumber(5, 5120).default(64), {
      meaning: "Part size of multipart uploads: an upload may have 10 000 parts.",
      unit: "MiB",
    }),
  },
);

const apiSchema = group("The backend API.", {
  ...serviceFields({ repository: "mam-api", port: 3000, health: "/api/health" }),
  rateLimits: defaultedGroup("Rate limits of the API.", {
    all: rateLimit("all requests", 1000, 60),
    presign: rateLimit("requests for presigned upload URLs", 120, 60),
    promote: rateLimit("promotions from staging to masters", 60, 60),
  }),
  uploads: uploadsSchema,
  internalPort: field(wholeNumber(1, 65_535).default(3100), {
    meaning:
      "Port on which the API answers the other services, and nobody from outside: docs/service-levels.md.",
    unit: "port",
  }),
});

const workerSchema = group("The preview worker.", {
  ...componentFields({ repository: "mam-worker", port: 9090, health: "/health" }),
  termination: workerTermination(),
  concurrency: field(wholeNumber(1, 32).default(1), {
    meaning: "Previews that an instance makes at a time. Transcoding saturates two CPUs by itself.",
    unit: "jobs",
  }),
  segmentSeconds: field(wholeNumber(2, 10).default(4), {
    meaning: "Length of an HLS segment: shorter starts faster, longer makes fewer requests.",
    unit: "seconds",
  }),
  attempts: field(wholeNumber(1, 10).default(3), {
    meaning: "Attempts at transcoding and at uploading before a job counts as failed.",
    unit: "attempts",
  }),
  gpu: gpuSchema,
});

const edgeSchema = group("The edge: verifies signed links and streams private previews.", {
  ...serviceFields({ repository: "mam-edge", port: 8080, health: "/health" }),
  rateLimit: rateLimit("playback requests", 6000, 60),
  fetchTimeoutMilliseconds: field(wholeNumber(100, 60_000).default(10_000), {
    meaning: "Time that Wasabi has to begin its answer.",
    unit: "milliseconds",
  }),
  scratchCacheMib: field(wholeNumber(0, 1536).default(1024), {
    meaning:
      "Local cache of hot segments. An instance's disk holds 2 GiB and is lost with it; a full disk kills the instance.",
    unit: "MiB",
  }),
});

const backupSchema = defaultedGroup(
  "The worker that dumps the database into the bucket `backups` each night: docs/restore.md. `storage.retention.backupsDays` and `storage.backups.objectLock` say how long dumps are kept. A release without its image deploys without it.",
  {
    enabled: field(z.boolean().default(true), {
      meaning: "Whether it runs.",
      unit: "switch",
    }),
    disabledReason: reason("production makes no dumps of its database"),
    repository: field(z.string().min(1).default("mam-backup"), {
      meaning: "Repository of the image in the account's DigitalOcean Container Registry.",
      unit: "name",
      examples: ["mam-backup"],
    }),
    size: field(
      z.enum(instanceSizeSlugs).default("apps-s-1vcpu-0.5gb" satisfies InstanceSizeSlug),
      {
        meaning: "Size of its one instance. A dump of any size takes less than 256 MiB.",
        unit: "slug",
      },
    ),
    hour: field(wholeNumber(0, 23).default(0), {
      meaning:
        "Hour of the dump, in UTC. Migrations wait for it, so a deployment at that time takes longer.",
      unit: "hour",
    }),
    graceSeconds: graceSeconds(120),
  },
);

const edgeCacheSchema = defaultedGroup("App Platform's own CDN, for the whole app.", {
  enabled: field(z.boolean().default(false), {
    meaning:
      "Whether it may cache. A cached preview can be served after its signed link has expired.",
    unit: "switch",
  }),
  enabledReason: reason("the CDN may cache private previews"),
});

const maintenancePageSchema = defaultedGroup("Maintenance page of the whole app.", {
  enabled: field(z.boolean().default(false), {
    meaning:
      "Shows the offline page instead of the app. The components go on running, and the uptime checks are switched off.",
    unit: "switch",
  }),
  offlinePageUrl: field(z.url({ protocol: /^https$/ }).optional(), {
    meaning: "Page to show. Without it App Platform shows its own.",
    unit: "URL",
    examples: ["https://status.northlight.example/maintenance.html"],
  }),
});

/** The four services and what is common to them. */
export const servicesSchema = group("The four services and what is common to them.", {
  frontend: group("The page that people see.", {
    ...serviceFields({ repository: "mam-frontend", port: 3001, health: "/api/health" }),
  }),
  api: apiSchema,
  worker: workerSchema,
  edge: edgeSchema,
  migration: migrationSchema,
  backup: backupSchema,
  edgeCache: edgeCacheSchema,
  maintenancePage: maintenancePageSchema,
});
