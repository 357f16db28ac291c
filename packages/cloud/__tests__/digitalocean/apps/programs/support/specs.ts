import { fileURLToPath } from "node:url";

import type { CloudSeed } from "../../../../../src/cloud.ts";
import type { Program } from "../../../../../src/digitalocean/registry/model.ts";

const directory = fileURLToPath(new URL(".", import.meta.url));

/** The program of the service. */
export const service: Program = { directory, command: ["node", "service.mjs"] };

/** The program of the job. */
export const job: Program = { directory, command: ["node", "job.mjs"] };

/** A digest of one repeated hexadecimal digit. */
export const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

/** How programs are run, unless told otherwise: quickly. */
const settings = { scale: 50, startSeconds: 15 };

/** What a cloud has whose registry holds the programs. */
export const aSeed = (programs: CloudSeed["programs"] = {}): CloudSeed => ({
  speed: 6000,
  digitalOcean: {
    tokens: [{ value: "full", scopes: "full" }],
    members: ["owner@example.com"],
    registry: {
      service: { [digest("1")]: { program: service } },
      job: { [digest("1")]: { program: job } },
    },
  },
  wasabi: {
    accountId: "100000000001",
    rootAccessKey: { accessKeyId: "ROOT", secretAccessKey: "root-secret" },
    region: "eu-central-2",
  },
  spaces: { accessKeys: [], buckets: [] },
  programs: { ...settings, ...programs },
});

/** A variable of an app. */
export const variable = (key: string, value: string, type?: "SECRET") => ({
  key,
  value,
  ...(type ? { type } : {}),
});

/** A service named `api` with two instances. */
export function aService(mode = "well", fields: object = {}) {
  return {
    name: "api",
    image: { registry_type: "DOCR", repository: "service", digest: digest("1") },
    instance_count: 2,
    instance_size_slug: "apps-s-1vcpu-1gb",
    http_port: 3000,
    health_check: { http_path: "/health", period_seconds: 10, failure_threshold: 3 },
    termination: { drain_seconds: 15, grace_period_seconds: 60 },
    envs: [variable("PORT", "3000"), variable("MODE", mode), variable("RELEASE", "first")],
    ...fields,
  };
}

/** A specification with that service. */
export const aSpec = (fields: object = {}) => ({
  name: "mam",
  services: [aService()],
  ingress: {
    rules: [
      {
        match: { path: { prefix: "/" } },
        component: { name: "api", preserve_path_prefix: true },
      },
    ],
  },
  ...fields,
});
