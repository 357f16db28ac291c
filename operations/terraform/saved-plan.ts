import type { Diagnostic } from "./messages.ts";
import type { PlanJson } from "./plan-json.ts";
import type { StackFolder } from "./synthesis.ts";

/** A plan that was saved. */
export interface SavedPlan {
  /**
   * Hash of the plan's file, from the moment when it was saved, or id of its run in HCP Terraform: what is shown and judged
   * is what is applied.
   */
  readonly digest: string;
  /** Whether applying it changes a resource or an output. */
  readonly changes: boolean;
  /** The plan itself; empty where it was not read. */
  readonly plan: PlanJson;
  /** Resources that differ from the state, whoever changed them. */
  readonly drifted: readonly string[];
  /** What Terraform and the providers warn of. */
  readonly warnings: readonly Diagnostic[];
  /** Whether Terraform refused to write it, because it destroys what is protected. Such a plan is never applied. */
  readonly refusedByTerraform?: boolean;
}

/** How a stack is planned. */
export interface PlanOptions {
  /** Reads the plan back too where resources only differ from the state. */
  readonly readDrift?: boolean;
  /** Names of secrets whose values are only assumed. */
  readonly assumed?: readonly string[];
  /** Further flags of Terraform's, such as `-target=` a resource; where HCP Terraform executes there are none. */
  readonly flags?: readonly string[];
}

/** Who hears of an apply. */
export interface Heard {
  readonly tell: (progress: string) => void;
  /** Told with each resource that is begun: Terraform has the lock by then. */
  readonly locked?: () => void;
}

/** Terraform that runs elsewhere for a stack. An interruption ends what runs there. */
export interface RemoteExecution {
  plan(stack: StackFolder, options: PlanOptions, interruption: AbortSignal): Promise<SavedPlan>;
  apply(
    stack: StackFolder,
    saved: Pick<SavedPlan, "digest">,
    heard: Heard,
    interruption: AbortSignal,
  ): Promise<void>;
  /** @param only the resources that are asked for, by address; all of them where there is none. */
  refresh(stack: StackFolder, only: readonly string[], interruption: AbortSignal): Promise<void>;
}
