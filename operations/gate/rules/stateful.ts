import type { Check, Violation } from "../../context/check.ts";
import type { GateContext } from "../context.ts";
import {
  type PlannedResource,
  describeChange,
  isRemoved,
  plannedResources,
  vanishedResources,
} from "../planned.ts";
import { waysBack } from "../way-back.ts";

/** What holds data, or an address that others rely on: docs/stateful-resources.md says what is lost with each. */
const statefulTypes = [
  "aws_iam_user",
  "aws_s3_bucket",
  "digitalocean_database_cluster",
  "digitalocean_database_db",
  "digitalocean_database_user",
  "digitalocean_domain",
  "digitalocean_vpc",
] as const;

/**
 * Of these, what a deployment can make again as it was: a user has nothing but credentials, and the app is deployed with
 * those of the new one.
 */
const remade: readonly string[] = ["aws_iam_user", "digitalocean_database_user"];

const app = ["digitalocean_app"] as const;

/** What must neither be destroyed nor replaced. */
export const statefulRules: readonly Check<GateContext>[] = [
  {
    id: "protected",
    severity: "error",
    what: "Terraform plans every stack: nothing that is protected would be destroyed.",
    why: "Terraform refuses the whole plan, and nothing of the stack can be deployed until the change is taken back. No reason lets it pass.",
    fix: "take back what the other findings name; docs/stateful-resources.md says what replaces what",
    run: ({ planned }) =>
      planned
        .filter(({ saved }) => saved.refusedByTerraform)
        .map(({ stack, saved }) => ({
          resource: stack.name,
          expected: "a plan that keeps what is protected",
          found: `Terraform refuses it: ${saved.plan.resource_changes.map(({ address }) => address).join(", ")} would be destroyed`,
        })),
  },
  {
    id: "stateful",
    severity: "error",
    what: "No database, bucket, storage user, VPC or zone is destroyed or replaced.",
    why: "What is in it cannot be made again, and removing its description removes Terraform's own protection with it.",
    fix: "take back the change that the plan names; docs/stateful-resources.md says what replaces what",
    run: (context) => [
      ...plannedResources(context, statefulTypes)
        .filter(isRemoved)
        .map((planned) => going(context, planned)),
      ...vanishedResources(
        context,
        statefulTypes.filter((type) => !remade.includes(type)),
      ).map((resource) => ({
        resource,
        expected: "there, as Terraform left it",
        found: "gone: the deployment would make an empty one",
        fix: `find out who deleted it, and restore what was in it before anything is deployed; where an empty one will do: \`mam deploy ${context.environment.config.name} --override stateful="it may be empty"\``,
      })),
    ],
  },
  {
    id: "app-replaced",
    severity: "error",
    what: "The app is neither destroyed nor replaced.",
    why: "With it go its default address, its certificates, and the key that every sealed secret is encrypted with.",
    fix: "take back the change that the plan names",
    run: (context) =>
      plannedResources(context, app)
        .filter((planned) => isRemoved(planned) && !planned.isTainted)
        .map((planned) => going(context, planned)),
  },
  {
    id: "app-tainted",
    severity: "error",
    what: "An app whose first deployment failed is not replaced.",
    why: "The app stands, with its address and its secrets: only its deployment failed, and the next one mends that.",
    fix: "take its taint: terraform -chdir=cdktf.out/stacks/<environment>-app untaint digitalocean_app.app",
    run: (context) =>
      plannedResources(context, app)
        .filter(({ isTainted }) => isTainted)
        .map((planned) => ({
          resource: planned.resource,
          expected: "kept",
          found: describeChange(planned),
          fix: `take its taint: terraform -chdir=cdktf.out/stacks/${context.environment.config.name}-app untaint ${planned.address}`,
        })),
  },
];

/** What becomes of a resource, what it means, and the lines of the environment that take it back. */
function going({ environment: { config } }: GateContext, planned: PlannedResource): Violation {
  const back = waysBack(config, planned);
  return {
    resource: planned.resource,
    expected: "kept",
    found: describeChange(planned),
    ...(back.length > 0 ? { fix: back.join("; ") } : {}),
  };
}
