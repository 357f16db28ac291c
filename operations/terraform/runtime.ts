import { secretsAmong } from "../context/redaction.ts";
import type { Session } from "../context/session.ts";
import { placeOf } from "../context/place.ts";
import { remoteExecution } from "./remote-runs/execution.ts";
import { explainLock } from "../state-place/explain-lock.ts";
import { checkWorkspaces, hcpBackendOf } from "../state-place/workspaces.ts";
import { noNeeds, terraformEnvironment } from "./child-environment.ts";
import type { TerraformRuntime } from "./process.ts";
import { stackKinds, stackName } from "./stack-kinds.ts";
import { learnStates } from "./states.ts";
import type { StackFolder } from "./synthesis.ts";

/**
 * What the Terraform processes of a session run with.
 *
 * @param stack whose secrets they get; none without it.
 */
export function terraformRuntime(
  session: Session,
  stack?: Pick<StackFolder, "needs">,
): TerraformRuntime {
  const { project, variables, interruption, redactor } = session;
  const { name } = session.environment.config;
  // A session may supply values that it did not begin with.
  redactor.learn(secretsAmong(variables));
  return {
    program: programOf(variables),
    ready: placeOf(project, variables).ready,
    environment: terraformEnvironment(variables, stack?.needs ?? noNeeds),
    interruption,
    redactor,
    learnStates: () => learnStates(session),
    checkPlace: () =>
      checkWorkspaces(
        session,
        stackKinds.map((kind) => stackName(name, kind)),
      ),
    explainLock: (stack) => explainLock(session, stack),
    ...remoteOf(session),
  };
}

function remoteOf(session: Session): Pick<TerraformRuntime, "remote"> {
  const backend = hcpBackendOf(session);
  return backend?.execution === "remote" ? { remote: remoteExecution(session, backend) } : {};
}

/** The program that is Terraform: another one by the variable by which CDKTF takes another one too. */
function programOf({ TERRAFORM_BINARY_NAME: named }: Session["variables"]): string {
  return named === undefined || named === "" ? "terraform" : named;
}
