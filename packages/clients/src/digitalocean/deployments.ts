import { z } from "zod";
import { deployment } from "./apps.ts";
import { nothing, type Endpoint } from "./endpoint.ts";

/** Where the log of a deployment can be read: addresses that hold for a while, never the lines themselves. */
const logs = z.looseObject({
  historic_urls: z.array(z.string()).nullish(),
  live_url: z.string().nullish(),
});

const oneDeployment = z.looseObject({ deployment });

const rollback = z.looseObject({
  deployment_id: z.string(),
  /** Without it the app is pinned until the rollback is committed or reverted. */
  skip_pin: z.boolean().optional(),
});

const condition = z.looseObject({
  code: z.string().nullish(),
  message: z.string().nullish(),
  components: z.array(z.string()).nullish(),
});

/** Calls about deployments and the platform's own rollback. */
export const deployments = {
  createDeployment: {
    method: "POST",
    path: "/v2/apps/{app_id}/deployments",
    request: z.looseObject({ force_build: z.boolean().optional() }),
    response: oneDeployment,
  },
  getDeploymentLogs: {
    method: "GET",
    path: "/v2/apps/{app_id}/deployments/{deployment_id}/components/{component_name}/logs",
    response: logs,
  },
  validateRollback: {
    method: "POST",
    path: "/v2/apps/{app_id}/rollback/validate",
    request: rollback,
    response: z.looseObject({
      valid: z.boolean().nullish(),
      error: condition.nullish(),
      warnings: z.array(condition).nullish(),
    }),
  },
  rollBackApp: {
    method: "POST",
    path: "/v2/apps/{app_id}/rollback",
    request: rollback,
    response: oneDeployment,
  },
  commitRollback: {
    method: "POST",
    path: "/v2/apps/{app_id}/rollback/commit",
    response: nothing,
  },
  revertRollback: {
    method: "POST",
    path: "/v2/apps/{app_id}/rollback/revert",
    response: oneDeployment,
  },
} as const satisfies Record<string, Endpoint>;
