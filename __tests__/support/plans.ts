import type { PlannedStack } from "../../operations/plan/plan-stacks.ts";
import {
  type PlanJson,
  type ResourceChange,
  emptyPlan,
} from "../../operations/terraform/plan-json.ts";
import type { AnyStack } from "../../operations/terraform/stack-kinds.ts";

type Actions = readonly ("create" | "update" | "delete" | "no-op" | "forget")[];

/** A resource in a plan, by its address. What is not given is absent. */
export function resourceChange(
  address: string,
  actions: Actions,
  change: Partial<ResourceChange["change"]> = {},
  rest: Partial<ResourceChange> = {},
): ResourceChange {
  const [type = "", name = ""] = address.split(".");
  return {
    address,
    mode: "managed",
    type,
    name,
    ...rest,
    change: { actions: [...actions], before: null, after: null, ...change },
  };
}

/** A planned stack with what a test is about. */
export function plannedStack<Kind extends AnyStack>(
  kind: Kind,
  plan: Partial<PlanJson>,
  drifted: readonly string[] = [],
): PlannedStack<Kind> {
  const name = `production-${kind}`;
  const changes = (plan.resource_changes ?? []).length > 0;
  return {
    stack: {
      kind,
      name,
      directory: `/runs/${name}`,
      fingerprint: kind,
      needs: { variables: [], providers: [], backend: "s3" },
    },
    saved: {
      digest: "",
      changes,
      plan: { ...emptyPlan, ...plan },
      drifted,
      warnings: [],
    },
  };
}

/** A part of an app's spec, with a component of each kind. */
export function appValues(change: (spec: AppSpec) => unknown = () => undefined) {
  const spec: AppSpec = {
    name: "mam-production",
    service: [
      {
        name: "api",
        instance_size_slug: "apps-d-1vcpu-2gb",
        instance_count: 2,
        image: [{ digest: `sha256:${"2".repeat(64)}` }],
        env: [
          { key: "JWT_SECRET_A", type: "SECRET", value: "EV[1:sealed]" },
          { key: "LOG_LEVEL", type: "GENERAL", value: "info" },
        ],
      },
      { name: "edge", image: [{ digest: `sha256:${"4".repeat(64)}` }], env: [] },
    ],
    worker: [{ name: "worker", image: [{ digest: `sha256:${"3".repeat(64)}` }], env: [] }],
    job: [
      {
        name: "migrate",
        kind: "PRE_DEPLOY",
        run_command: "npm run migrate",
        image: [{ digest: `sha256:${"2".repeat(64)}` }],
        env: [],
      },
    ],
    alert: [{ rule: "DEPLOYMENT_FAILED", destinations: [] }],
  };
  change(spec);
  return { id: "app", updated_at: "2026-11-23T12:00:00Z", spec: [spec] };
}

interface Component {
  name: string;
  image: { digest: string }[];
  env: { key: string; type: string; value: string }[];
  instance_size_slug?: string;
  instance_count?: number;
  kind?: string;
  run_command?: string;
}

/** As much of an app's spec as the tests are about, as Terraform writes it. */
export interface AppSpec {
  name: string;
  service: Component[];
  worker: Component[];
  job: Component[];
  alert: { rule: string; destinations: unknown[] }[];
}
