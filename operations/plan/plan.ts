import { type Credential, credentials, requireCredentials } from "../command/credentials.ts";
import type { Outcome } from "../command/outcome.ts";
import type { Progress } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import { gateContext } from "../gate/context.ts";
import { judge, parseOverride } from "../gate/gate.ts";
import { renderJudgement } from "../gate/text.ts";
import type { StackPart } from "../terraform/stack-parts.ts";
import { refuseHcp } from "../terraform/states.ts";
import { synthesiseStacks } from "../terraform/synthesis.ts";
import { withAssumedSecrets } from "./assumed-secrets.ts";
import { explainPlan } from "./explanation.ts";
import { keptSettings } from "./kept.ts";
import { renderMarkdown } from "./markdown.ts";
import { whyNotYet } from "./not-yet.ts";
import { planStacks } from "./plan-stacks.ts";
import { renderPlan } from "./text.ts";

/** Options of `mam plan`. */
export interface PlanOptions {
  readonly all: boolean;
  readonly markdown: boolean;
  readonly detailedExitcode: boolean;
  readonly override: readonly string[];
}

/** Exit code that Terraform's own `plan -detailed-exitcode` has for changes. */
const changesExitCode = 2;

/**
 * Plans the stacks of an environment side by side, explains the plans, and asks the gate about them. Nothing is applied,
 * and no state is written. It needs no secret of the app: what nobody supplies is assumed, and named.
 *
 * @throws NotConfigured for an override that names no rule, without the platforms' credentials, or where HCP Terraform
 * plans.
 */
export async function planEnvironment(
  opened: Session,
  { all, markdown, detailedExitcode, override }: PlanOptions,
  progress: Progress,
): Promise<Outcome> {
  refuseHcp(opened);
  const { environment } = opened;
  const overrides = override.map(parseOverride);
  requireCredentials(neededCredentials(opened), opened.variables);
  const { session, names: assumed, findings } = await withAssumedSecrets(opened);
  const notYet: Partial<Record<StackPart, string>> = {};
  const planned = await planStacks(
    session,
    Object.values(await synthesiseStacks(session)),
    progress,
    {
      readDrift: all,
      assumed,
      excuse: async ({ part }, failure) => {
        const reason = part === "app" ? await whyNotYet(session, failure) : undefined;
        if (reason !== undefined) notYet.app = reason;
        return reason;
      },
    },
  );
  const kept = await keptSettings(session, all);
  const explanation = explainPlan(environment, planned, notYet, kept);
  const judged = await judge(gateContext(opened, { planned, doctor: undefined }), overrides);
  const judgement = { ...judged, findings: [...judged.findings, ...findings] };
  const { changes } = explanation;
  return {
    ok: judgement.ok,
    data: { ...explanation, gate: judgement },
    text: markdown
      ? renderMarkdown(explanation, { all, judgement })
      : renderPlan(explanation, { all }) + renderJudgement(judgement),
    ...(judgement.ok && detailedExitcode && changes ? { exitCode: changesExitCode } : {}),
  };
}

/** What Terraform would ask for one at a time, and without saying where it is made. */
function neededCredentials({ environment: { config } }: Session): Credential[] {
  const { digitalOceanToken, spacesAccessKey, spacesSecretKey, ...wasabi } = credentials;
  const ofState = config.state.backend.kind === "spaces" ? [spacesAccessKey, spacesSecretKey] : [];
  return [digitalOceanToken, ...ofState, ...Object.values(wasabi)];
}
