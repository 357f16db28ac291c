import { migrationJob, previewWorker, publicService } from "../../../constructs/app/components.ts";
import { publicServiceNames } from "../../../environments/schema/environment.ts";
import { anAppContext } from "../../support/app-context.ts";
import { changed, release } from "../../support/environments.ts";

const context = anAppContext();

test.each(publicServiceNames)("%s runs the digest of its own image, and no tag", (name) => {
  expect(publicService(context, name).image).toEqual({
    registryType: "DOCR",
    repository: `mam-${name}`,
    digest: release.images[name],
  });
});

test("a service gets traffic only after its readiness check, and is drained before it ends", () => {
  expect(publicService(context, "api")).toMatchObject({
    httpPort: 3000,
    healthCheck: {
      httpPath: "/api/health",
      port: 3000,
      initialDelaySeconds: 5,
      periodSeconds: 10,
      timeoutSeconds: 3,
      successThreshold: 1,
      failureThreshold: 6,
    },
    termination: { drainSeconds: 30, gracePeriodSeconds: 120 },
  });
});

test("the API has a port for the other services, which nobody outside is led to", () => {
  expect(publicService(context, "api").internalPorts).toEqual([3100]);
  for (const name of ["frontend", "edge"] as const) {
    expect(publicService(context, name)).not.toHaveProperty("internalPorts");
  }
});

test("an autoscaled component has no instance count, which the API would refuse", () => {
  const service = publicService(context, "api");

  expect(service.autoscaling).toEqual({
    minInstanceCount: 2,
    maxInstanceCount: 6,
    metrics: { cpu: { percent: 70 } },
  });
  expect(service).not.toHaveProperty("instanceCount");
});

test("a component with a fixed count has no autoscaling", () => {
  const service = publicService(context, "frontend");

  expect(service.instanceCount).toBe(2);
  expect(service).not.toHaveProperty("autoscaling");
});

test("the worker has no port and nothing to drain, and ten minutes to finish a preview", () => {
  const worker = previewWorker(context);

  expect(worker.termination).toEqual({ gracePeriodSeconds: 600 });
  expect(worker).not.toHaveProperty("httpPort");
});

test("the database is migrated before a deployment, with the image that is about to run", () => {
  expect(migrationJob(context)).toMatchObject({
    kind: "PRE_DEPLOY",
    image: { repository: "mam-api", digest: release.images.api },
    runCommand: "npm run migrate",
    instanceCount: 1,
  });
});

test("every component and the migration send their logs to the environment's destination", () => {
  const components = [
    ...publicServiceNames.map((name) => publicService(context, name)),
    previewWorker(context),
    migrationJob(context),
  ];

  expect(components.map(({ logDestination }) => logDestination)).toEqual(
    ["frontend", "api", "edge", "worker", "migrate"].map((name) => [
      { name: "better-stack", logtail: { token: `supplied BETTER_STACK_TOKEN of ${name}` } },
    ]),
  );
});

test("a component that is configured otherwise is deployed otherwise", () => {
  const input = changed(({ services }) => {
    Object.assign(services.frontend, { repository: "web", port: 8000, size: "apps-s-1vcpu-2gb" });
  });

  expect(publicService(anAppContext(input), "frontend")).toMatchObject({
    image: { repository: "web" },
    httpPort: 8000,
    healthCheck: { port: 8000 },
    instanceSizeSlug: "apps-s-1vcpu-2gb",
  });
});
