import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { GateContext } from "../../operations/gate/gate.ts";
import type { LedgerEntry } from "../../operations/ledger/entry.ts";
import type { Restore } from "../../operations/ledger/restores.ts";
import type { Past } from "../../operations/older-files/past.ts";
import type { RunningApp } from "../../operations/platform/running-app.ts";
import type { ResourceChange } from "../../operations/terraform/plan-json.ts";
import { anEnvironment } from "./environments.ts";
import { plannedStack } from "./plans.ts";

const environment = anEnvironment();

/** A past of which an app runs, and of which nothing else is known. */
export function pastWith(
  app: RunningApp | undefined,
  rest: Partial<{
    entries: readonly LedgerEntry[];
    specs: readonly AppSpec[];
    restores: readonly Restore[];
  }> = {},
): Past {
  const { entries = [], specs = [], restores = [] } = rest;
  return {
    app: () => Promise.resolve(app),
    entries: () => Promise.resolve(entries),
    specs: () => Promise.resolve(specs),
    restores: () => Promise.resolve(restores),
  };
}

/** What the gate is asked about in CI: a plan with these changes. */
export function gateContext(
  changes: readonly ResourceChange[],
  rest: Partial<GateContext> & { readonly drift?: readonly ResourceChange[] } = {},
): GateContext {
  const { drift = [], ...context } = rest;
  const plan = { resource_changes: [...changes], resource_drift: [...drift] };
  return {
    environment,
    planned: [plannedStack("storage", plan)],
    doctor: undefined,
    unattended: true,
    supplied: {},
    releases: "environments",
    goingBack: false,
    past: pastWith(undefined),
    ...context,
  };
}
