import type { InsightsItem } from "@mam-infra/clients/digitalocean/insights";

import { dashboardName, markedEnvironment } from "../../monitoring/mark.ts";
import type { PersesDashboard } from "../../monitoring/perses.ts";
import type { PartPlan, PlannedChange } from "./change.ts";
import { fieldDifferences } from "./difference.ts";

type Dashboard = InsightsItem<"listInsightsDashboards">;

/** What a server writes about a document itself. */
const ofTheServer = ["metadata"];

/**
 * The dashboard that carries the environment's mark: the one of its name, or else the oldest, which somebody renamed. Copies
 * that people made of it are theirs.
 */
export function ownDashboard(
  environment: string,
  standing: readonly Dashboard[],
): Dashboard | undefined {
  const marked = standing.filter(
    ({ description }) => markedEnvironment(description) === environment,
  );
  const oldestFirst = marked.toSorted((one, other) =>
    (one.created_at ?? "").localeCompare(other.created_at ?? ""),
  );
  return marked.find(({ name }) => name === dashboardName(environment)) ?? oldestFirst[0];
}

/** What has to be done so that the environment's dashboard stands as it is described. */
export function planDashboard(
  environment: string,
  document: PersesDashboard,
  standing: readonly Dashboard[],
): PartPlan {
  const name = dashboardName(environment);
  const own = ownDashboard(environment, standing);
  const holder = standing.find((one) => one.name === name && one.uuid !== own?.uuid);
  if (holder) return { changes: [], problems: [taken(environment, holder)] };
  const body = { spec: JSON.stringify(document) };
  const change = { what: "dashboard", name } as const;
  if (!own) {
    const send: PlannedChange["send"] = (api) => api.call("createInsightsDashboard", {}, { body });
    return { changes: [{ ...change, action: "create", differences: [], send }], problems: [] };
  }
  const differences = fieldDifferences(document, parsed(own.spec), ofTheServer);
  const send: PlannedChange["send"] = (api) =>
    api.call("replaceInsightsDashboard", { dashboard_uuid: own.uuid }, { body });
  return {
    changes: differences.length > 0 ? [{ ...change, action: "update", differences, send }] : [],
    problems: [],
  };
}

function parsed(spec: string): unknown {
  try {
    return JSON.parse(spec);
  } catch {
    return spec;
  }
}

/** A dashboard of somebody else has the name, which is unique in the team. */
function taken(environment: string, { uuid, name, created_at: created }: Dashboard) {
  return {
    resource: `the dashboard ${name}`,
    expected: `made by mam, with its mark in the description`,
    found: `one without the mark (${uuid}, made ${created ?? "at some time"}), which is not touched`,
    fix: `rename it at https://cloud.digitalocean.com/insights/dashboards, then \`mam dashboard ${environment} apply\``,
  };
}
