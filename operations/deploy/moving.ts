import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { SwitchTools } from "../restore/switch/steps.ts";
import { RestoreRefused } from "../restore/refused.ts";
import { deployEnvironment } from "./deploy.ts";
import type { DeploymentOptions } from "./deployment.ts";

/** What a move to another database is done with: the deployments of `mam deploy`, with doctor, gate, verification and ledger. */
export function moving(confirm: DeploymentOptions["confirm"]): SwitchTools {
  return {
    confirm,
    deploy: async (session: Session, progress: Progress) => {
      const options = {
        kind: "deployment",
        confirm,
        overrides: [],
        all: false,
        rollbackOnFailure: false,
      } as const;
      const { ok, text } = await deployEnvironment(session, options, progress);
      if (!ok)
        throw new RestoreRefused(
          `${text}The move waits where it is: the same line goes on from there.`,
        );
    },
  };
}
