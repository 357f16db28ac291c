import { livenessOf, readinessOf } from "../../../../src/digitalocean/apps/programs/checks.ts";
import type { RunningComponent } from "../../../../src/digitalocean/apps/spec/spec.ts";

const image = { registry_type: "DOCR", repository: "x" } as const;
const service = (fields: object): RunningComponent => ({
  kind: "service",
  spec: { name: "api", image, http_port: 3000, ...fields },
});

test("a service without a check is checked at its port, by the platform's defaults", () => {
  expect(readinessOf(service({}))).toEqual({
    port: 3000,
    initialDelay: 0,
    period: 10,
    timeout: 1,
    success: 1,
    failure: 9,
  });
  expect(livenessOf(service({}))).toBeUndefined();
});

test("checks are made as the specification says", () => {
  const liveness = {
    http_path: "/health",
    port: 3001,
    initial_delay_seconds: 2,
    period_seconds: 3,
    timeout_seconds: 4,
    failure_threshold: 6,
  };
  const expected = {
    path: "/health",
    port: 3001,
    initialDelay: 2,
    period: 3,
    timeout: 4,
    success: 5,
    failure: 6,
  };
  expect(readinessOf(service({ health_check: { ...liveness, success_threshold: 5 } }))).toEqual(
    expected,
  );
  expect(livenessOf(service({ liveness_health_check: liveness }))).toEqual({
    ...expected,
    success: 1,
  });
});

test("a worker has no readiness, and the platform's defaults of liveness", () => {
  const worker: RunningComponent = {
    kind: "worker",
    spec: { name: "worker", image, liveness_health_check: { http_path: "/health", port: 3002 } },
  };
  expect(readinessOf(worker)).toBeUndefined();
  expect(livenessOf(worker)).toEqual({
    path: "/health",
    port: 3002,
    initialDelay: 5,
    period: 10,
    timeout: 1,
    success: 1,
    failure: 18,
  });
});
