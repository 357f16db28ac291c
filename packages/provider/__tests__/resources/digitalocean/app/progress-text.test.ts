import { progressText } from "../../../../src/resources/digitalocean/app/progress-text.ts";

test("a failed deployment reads as the real provider 2.99.1 shows it", () => {
  const time = "time.Time{wall:, ext:}";

  expect(
    progressText({
      error_steps: 1,
      total_steps: 2,
      steps: [
        { name: "build", status: "SUCCESS", steps: [] },
        {
          name: "deploy",
          status: "ERROR",
          component_name: "api",
          message_base: "Deploying service",
          reason: { code: "DeployImagePullFailed", message: "not found" },
        },
      ],
    }),
  ).toBe(
    "godo.DeploymentProgress{PendingSteps:0, RunningSteps:0, SuccessSteps:0, ErrorSteps:1, TotalSteps:2, Steps:[" +
      `godo.DeploymentProgressStep{Name:"build", Status:"SUCCESS", Steps:[], StartedAt:${time}, EndedAt:${time}, ComponentName:"", MessageBase:""} ` +
      `godo.DeploymentProgressStep{Name:"deploy", Status:"ERROR", StartedAt:${time}, EndedAt:${time}, ` +
      'Reason:godo.DeploymentProgressStepReason{Code:"DeployImagePullFailed", Message:"not found"}, ComponentName:"api", MessageBase:"Deploying service"}]}',
  );
});
