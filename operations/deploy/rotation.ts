import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { deployEnvironment } from "./deploy.ts";
import type { DeploymentOptions } from "./deployment.ts";
import { RotationStopped, type RotationTools } from "../secrets/rotation/rotate.ts";

/**
 * The deployments inside a rotation: those of `mam deploy`, with doctor, gate, verification and ledger.
 *
 * A new value leaves in clear, which the gate refuses in CI where it has been forgotten. Here it is sealed as soon as it
 * is deployed, so that rule is overridden, with the reason in the ledger.
 */
export function deploymentTool(confirm: DeploymentOptions["confirm"]): RotationTools["deploy"] {
  return async (session: Session, reason: string, progress: Progress) => {
    const overrides = [{ rule: "unsealed-secret", reason: `${reason}; sealed afterwards` }];
    const options = {
      kind: "deployment",
      confirm,
      overrides,
      all: false,
      rollbackOnFailure: false,
    } as const;
    const { ok, text } = await deployEnvironment(session, options, progress);
    if (!ok) {
      throw new RotationStopped(
        `${text}The rotation waits where it is: the same command goes on from there.`,
      );
    }
  };
}
