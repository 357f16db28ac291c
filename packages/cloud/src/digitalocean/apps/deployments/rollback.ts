import { badRequest } from "../../api/errors.ts";
import type { Store } from "../../store.ts";
import type { App, Deployment } from "../model.ts";
import { runningComponents } from "../spec/spec.ts";
import { createDeployment } from "./deployment.ts";

/**
 * Successful deployments that an app can be rolled back over. An assumption: the limit depends on the app's tier and
 * no vendor page was found that states it.
 */
const rollbackRevisionLimit = 10;

/** Why a rollback is refused, or what may go wrong with it. */
interface RollbackCondition {
  readonly code: string;
  readonly message: string;
  readonly components?: readonly string[];
}

/** What the platform says about a rollback before it begins. */
export interface RollbackValidation {
  readonly valid: boolean;
  readonly error?: RollbackCondition;
  readonly warnings?: readonly RollbackCondition[];
}

interface Check {
  readonly code: string;
  readonly fails: (app: App, target: Deployment) => boolean;
  readonly message: (app: App, target: Deployment) => string;
}

const revisionsSince = ({ deployments }: App, target: Deployment) =>
  deployments.slice(deployments.indexOf(target) + 1).filter(({ succeeded }) => succeeded).length;

const checks: readonly Check[] = [
  {
    code: "app_pinned",
    fails: ({ pinned_deployment: pinned }) => pinned !== undefined,
    message: () => "a rollback is already in progress and the app is pinned",
  },
  {
    code: "incompatible_phase",
    fails: (_app, { stage }) => stage !== "over",
    message: (_app, { phase }) => `deployment phase "${phase}" is unsuitable for rollback`,
  },
  {
    code: "incompatible_result",
    fails: (_app, { succeeded }) => !succeeded,
    message: () => 'deployment result "failed" is unsuitable for rollback',
  },
  {
    code: "exceeded_revision_limit",
    fails: (app, target) => revisionsSince(app, target) > rollbackRevisionLimit,
    message: () =>
      `the deployment is past the maximum historical revision limit of ${rollbackRevisionLimit} for the "professional" app tier`,
  },
  {
    code: "database_config_conflict",
    fails: ({ spec }, target) =>
      JSON.stringify(spec.databases ?? []) !== JSON.stringify(target.spec.databases ?? []),
    message: () => "the deployment's database config is different than the current config",
  },
  {
    code: "region_conflict",
    fails: ({ spec }, target) => spec.region !== target.spec.region,
    message: () => "the deployment's region differs from the current app region",
  },
];

function warningsOf({ spec }: Deployment): RollbackCondition[] {
  const loose = runningComponents(spec)
    .filter(({ spec: { image } }) => image && image.digest === undefined)
    .map((one) => one.spec.name);
  const sites = (spec.static_sites ?? []).map(({ name }) => name);
  return [
    ...(sites.length > 0
      ? [
          {
            code: "static_site_requires_rebuild",
            components: sites,
            message: "the deployment contains at least one static site that will require a rebuild",
          },
        ]
      : []),
    ...(loose.length > 0
      ? [
          {
            code: "image_source_missing_digest",
            components: loose,
            message:
              "one or more components are missing an image digest and are not guaranteed rollback to the old version.",
          },
        ]
      : []),
  ];
}

/**
 * Whether an app can go back to a deployment. Source: DigitalOcean API description,
 * `apps/models/app_rollback_validation_condition.yml`.
 */
export function validateRollback(app: App, target: Deployment): RollbackValidation {
  const failed = checks.find(({ fails }) => fails(app, target));
  if (failed) {
    return { valid: false, error: { code: failed.code, message: failed.message(app, target) } };
  }
  const warnings = warningsOf(target);
  return warnings.length > 0 ? { valid: true, warnings } : { valid: true };
}

/**
 * Goes back to a deployment by deploying its specification again. The app's specification becomes the old one, and the
 * app is pinned: nothing can be deployed until the rollback is committed or reverted.
 *
 * @param skipPin commits at once, so that the app is not pinned.
 * @throws ApiError 400 when {@link validateRollback} refuses.
 */
export function rollBack(
  store: Store,
  app: App,
  target: Deployment,
  { skipPin, at }: { readonly skipPin: boolean; readonly at: Date },
): Deployment {
  const { error } = validateRollback(app, target);
  if (error) throw badRequest(`cannot roll back: ${error.code}: ${error.message}`);
  if (!skipPin) app.spec_before_rollback = app.spec;
  app.spec = target.spec;
  app.updated_at = at.toISOString();
  const request = {
    cause: `rollback to deployment ${target.id}`,
    cause_type: "MANUAL_ROLLBACK",
    cloned_from: target.id,
  } as const;
  const deployment = createDeployment(store, app, request, at, target.spec);
  if (!skipPin) app.pinned_deployment = deployment.id;
  return deployment;
}

function mustBePinned({ pinned_deployment: pinned, spec }: App): void {
  if (pinned === undefined) throw badRequest(`app ${spec.name} is not pinned to a rollback`);
}

/** Makes a rollback permanent and unpins the app. @throws ApiError 400 when it is not pinned. */
export function commitRollback(app: App): void {
  mustBePinned(app);
  delete app.pinned_deployment;
  delete app.spec_before_rollback;
}

/**
 * Undoes a rollback: unpins the app and deploys what it was before.
 *
 * @throws ApiError 400 when it is not pinned.
 */
export function revertRollback(store: Store, app: App, at: Date): Deployment {
  mustBePinned(app);
  app.spec = app.spec_before_rollback ?? app.spec;
  commitRollback(app);
  app.updated_at = at.toISOString();
  return createDeployment(store, app, { cause: "rollback reverted" }, at);
}
