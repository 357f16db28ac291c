import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { createHcp } from "@mam-infra/clients/hcp";
import { createWasabiIam } from "@mam-infra/clients/wasabi";

import { resourceName } from "../../../../constructs/naming.ts";
import { regions } from "../../../../environments/platform/regions.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";
import { withStorage } from "../../../harness/wasabi-storage.ts";
import { makeByHand } from "../../adoption/by-hand.ts";
import type { Shape } from "../../adoption/shape.ts";
import { service } from "../../adoption/shapes/parts.ts";
import { dashboardByHand } from "../../mam/by-hand.ts";
import { Console } from "../drift/console.ts";

/** What somebody else has in the accounts, under names that look like ours. */
export async function makeForeign(context: ScenarioContext): Promise<void> {
  const { cloud, api } = context;
  const prefix = resourceName(cloud.environment.config);
  const made = await withRoot(context, (storage) =>
    makeByHand({ cloud, api, storage }, shapeOf(context)),
  );
  await watch(context, `${prefix}2`, made.clusters);
  await makeStorage(context, prefix);
  await api.call("createInsightsDashboard", {}, { body: { spec: dashboardByHand(prefix) } });
  await makeWorkspace(context);
}

/** A workspace with a name that ours begin, and with a lock, where the states lie in HCP Terraform. */
async function makeWorkspace({ cloud }: ScenarioContext): Promise<void> {
  const { name, state } = cloud.environment.config;
  if (state.backend.kind !== "hcp" || !cloud.hcp) return;
  const hcp = createHcp({
    endpoint: cloud.hcp.url,
    token: cloud.credentials.hcpToken,
    organization: state.backend.organization,
    userAgent: "mam-rehearsal",
    sleep: (seconds: number) => cloud.clock.sleep(seconds),
  });
  try {
    const project = await hcp.createProject("somebody else");
    const called = `${state.backend.workspacePrefix}${name}2-app`;
    const { id } = await hcp.createWorkspace(called, project, { executionMode: "local" });
    if (!(await hcp.lock(id, "somebody works"))) throw new Error(`${called} cannot be locked`);
  } finally {
    await hcp.close();
  }
}

/** An app, clusters, a network, a zone and a project, each with a name that ours begins, or begins with. */
function shapeOf({ cloud }: ScenarioContext): Shape {
  const { config } = cloud.environment;
  const prefix = resourceName(config);
  const { datacentre } = regions[config.network.region];
  return {
    name: `${config.name}2`,
    title: "somebody else's",
    zone: `old-${config.domain.zone}`,
    servesZone: true,
    datacentre,
    vpc: { name: `${prefix}2`, range: "10.200.0.0/20" },
    project: `${prefix}2`,
    clusters: [
      {
        name: `${prefix}-postgres-2`,
        engine: "pg",
        version: "17",
        size: "db-s-1vcpu-1gb",
        nodes: 1,
        databases: [config.database.name],
        users: [config.database.user],
        sources: [["ip_addr", "10.200.0.0/20"]],
      },
    ],
    buckets: [],
    checks: [{ name: `${prefix}2-frontend`, target: "https://example.com/" }],
    spec: {
      name: `${prefix}2`,
      region: config.network.region,
      services: [service("api", "tools", "1")],
    },
  };
}

async function watch(
  { cloud }: ScenarioContext,
  name: string,
  clusters: ReadonlyMap<string, string>,
): Promise<void> {
  const panel = new Console(cloud);
  const ids = [...clusters.values()];
  const told = { email: ["owner@rehearsal.example"], slack: [] };
  const requests: readonly (readonly [string, unknown])[] = [
    [
      "/v2/monitoring/alerts",
      {
        alerts: told,
        compare: "GreaterThan",
        description: `${name}: CPU`,
        enabled: true,
        entities: ids,
        tags: [],
        type: "v1/dbaas/alerts/cpu_alerts",
        value: 80,
        window: "5m",
      },
    ],
    ["/v2/tags", { name }],
    [
      `/v2/tags/${name}/resources`,
      { resources: ids.map((id) => ({ resource_id: id, resource_type: "database" })) },
    ],
  ];
  for (const [path, body] of requests) {
    const { status, body: answer } = await panel.ask("POST", path, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  }
}

async function makeStorage(context: ScenarioContext, prefix: string): Promise<void> {
  const { cloud } = context;
  const { bucketPrefix } = cloud.environment.config.storage;
  await withStorage(context, cloud.credentials.wasabiRoot, async (storage) => {
    for (const Bucket of [`${bucketPrefix}-masters-2`, `${bucketPrefix}2-masters`]) {
      await storage.send(new CreateBucketCommand({ Bucket }));
      await storage.send(new PutObjectCommand({ Bucket, Key: "somebody's", Body: "film" }));
      await storage.send(new PutBucketPolicyCommand({ Bucket, Policy: refusing(Bucket) }));
    }
  });
  const iam = createWasabiIam({
    region: "us-east-1",
    endpoint: cloud.endpoints.wasabiIam,
    credentials: cloud.credentials.wasabiRoot,
    userAgent: "mam-rehearsal",
    sleep: (seconds: number) => cloud.clock.sleep(seconds),
  });
  for (const UserName of [prefix, `${prefix}-uploader-2`, `${prefix}2-uploader`]) {
    await iam.send(new CreateUserCommand({ UserName }));
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
    });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: prefix, PolicyDocument }));
    await iam.send(new CreateAccessKeyCommand({ UserName }));
  }
  iam.destroy();
}

const refusing = (bucket: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Refuse",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:DeleteObject",
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    ],
  });

/** Does something in the storage as its owner, and gives back what came of it. */
async function withRoot<T>(
  context: ScenarioContext,
  action: (storage: S3Client) => Promise<T>,
): Promise<T> {
  const results: T[] = [];
  await withStorage(context, context.cloud.credentials.wasabiRoot, async (storage) => {
    results.push(await action(storage));
  });
  const [result] = results;
  if (result === undefined) throw new Error("nothing came of it");
  return result;
}
