import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { secondsOf } from "@mam-infra/cloud/durations";
import { criticalPath } from "../../../rehearsal/harness/critical-path.ts";

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "mam-infra-"));
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

const write = (part: string, resource: object) => {
  mkdirSync(join(outdir, "stacks", `staging-${part}`), { recursive: true });
  writeFileSync(
    join(outdir, "stacks", `staging-${part}`, "cdk.tf.json"),
    JSON.stringify({ resource }),
  );
};

test("the slower of two clusters, what waits for it, and then the app", () => {
  write("storage", { aws_s3_bucket: { masters: {} } });
  write("data", {
    digitalocean_vpc: { vpc: {} },
    digitalocean_database_cluster: {
      postgres: { engine: "pg", node_count: 2, private_network_uuid: "${digitalocean_vpc.vpc.id}" },
      valkey: {
        engine: "valkey",
        node_count: 1,
        private_network_uuid: "${digitalocean_vpc.vpc.id}",
      },
    },
    digitalocean_database_firewall: {
      postgres_firewall: { cluster_id: "${digitalocean_database_cluster.postgres.id}" },
    },
  });
  write("app", { digitalocean_app: { app: {} } });

  const { seconds, steps } = criticalPath(outdir, "staging");
  const cluster = secondsOf("database-create-pg") + secondsOf("database-standby");

  expect(steps.map(({ address }) => address)).toEqual([
    "staging-data: digitalocean_database_cluster.postgres",
    "staging-app: digitalocean_app.app",
  ]);
  expect(steps[0]?.seconds).toBe(cluster);
  expect(seconds).toBeGreaterThan(cluster);
});

test("a name that begins like another one is another one", () => {
  write("storage", {});
  write("data", {
    digitalocean_database_cluster: { postgres: { engine: "pg" }, postgres_other: { engine: "pg" } },
    digitalocean_database_db: {
      mam: { cluster_id: "${digitalocean_database_cluster.postgres_other.id}" },
    },
  });
  write("app", {});

  expect(criticalPath(outdir, "staging").steps.map(({ address }) => address)).toEqual([
    "staging-data: digitalocean_database_cluster.postgres_other",
  ]);
});
