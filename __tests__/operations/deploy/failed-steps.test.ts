import { failedSteps } from "../../../operations/deploy/failed-steps.ts";
import type { PlatformDeployment } from "../../../operations/platform/deployments.ts";

type Step = NonNullable<NonNullable<PlatformDeployment["progress"]>["steps"]>[number];

const deployment = (steps: Step[]) => ({ id: "one", progress: { steps } });
const unhealthy = { code: "DeployContainerHealthChecksFailed", message: "No answer at /health." };

test("the innermost failed steps are told, with the component of the step around them", () => {
  const wait = { name: "wait", status: "ERROR", reason: unhealthy };
  const api = { name: "api", component_name: "api", status: "ERROR", steps: [wait] };
  const edge = { name: "edge", component_name: "edge", status: "SUCCESS" };
  const deploy = { name: "deploy", status: "ERROR", steps: [edge, api] };

  expect(failedSteps(deployment([{ name: "build", status: "SUCCESS" }, deploy]))).toEqual([
    { component: "api", reason: "DeployContainerHealthChecksFailed: No answer at /health." },
  ]);
});

test("a step without a component or a reason is told all the same", () => {
  expect(failedSteps(deployment([{ name: "finalize", status: "ERROR" }]))).toEqual([
    { component: undefined, reason: "the step finalize failed" },
  ]);
});
