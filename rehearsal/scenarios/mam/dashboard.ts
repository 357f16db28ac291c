import { createHash } from "node:crypto";

import { markedEnvironment } from "../../../monitoring/mark.ts";
import { succeeded } from "../../harness/commands.ts";
import type { ScenarioContext } from "../../harness/scenario.ts";
import { dashboardByHand } from "./by-hand.ts";

type Context = Pick<ScenarioContext, "api" | "cloud" | "sealedMam" | "tell" | "expect">;

/** Exit code of a plan that has changes. */
const hasChanges = 2;

/** What stands on Insights, as one word: it is another one after every write. */
function standing({ cloud }: Context): string {
  const { dashboards, rules, channels } = cloud.digitalOcean.store.insights;
  return createHash("sha256")
    .update(JSON.stringify([dashboards, rules, channels]))
    .digest("hex");
}

/** Insights after a deployment: what was made, a second apply, changes by hand, and what is somebody else's. */
export async function watchedOnInsights(context: Context): Promise<void> {
  const { api, cloud, sealedMam, tell, expect } = context;
  const { dashboards, rules, channels } = cloud.digitalOcean.store.insights;
  const { name, alerting } = cloud.environment.config;
  tell("mam dashboard: what the deployment made, changes by hand, and a stranger's dashboard");
  const [dashboard] = dashboards;
  const isOurs = markedEnvironment(dashboard?.description) === name;
  expect("the deployment made the dashboard, with its owner's mark", isOurs);
  const told = alerting.recipients.length > 0 ? [4, 1] : [0, 0];
  expect(
    "the deployment made the alert rules, and the channel that they tell",
    rules.length === told[0] && channels.length === told[1],
  );
  await api.call("createInsightsDashboard", {}, { body: { spec: dashboardByHand("somebody's") } });
  const before = standing(context);
  const again = await sealedMam.run("dashboard", "apply");
  expect("a second apply ends well", succeeded(again));
  expect("a second apply writes nothing, and touches no stranger's", standing(context) === before);
  if (!dashboard) return;

  const described = dashboard.spec;
  const document = JSON.parse(described) as { spec: { duration: string } };
  document.spec.duration = "24h";
  const body = { spec: JSON.stringify(document) };
  await api.call("replaceInsightsDashboard", { dashboard_uuid: dashboard.uuid }, { body });
  const seen = await sealedMam.run("dashboard", "plan", "--detailed-exitcode");
  expect(
    "a change in the control panel is seen by its field",
    seen.exitCode === hasChanges && seen.output.includes("spec.duration: 24h, to be 3h"),
  );
  expect("an apply undoes it", succeeded(await sealedMam.run("dashboard", "apply")));
  expect("the dashboard is as described again", dashboard.spec === described);
}
