import { newId } from "../ids.ts";

/** What becomes of a run (cloud-docs/api-docs/run, run states), as far as it is played. */
type RunStatus =
  | "pending"
  | "planning"
  | "planned"
  | "planned_and_saved"
  | "planned_and_finished"
  | "confirmed"
  | "applying"
  | "applied"
  | "errored"
  | "discarded"
  | "canceled";

const finals: ReadonlySet<RunStatus> = new Set([
  "planned_and_finished",
  "applied",
  "errored",
  "discarded",
  "canceled",
]);

/** Whether a run has ended, so that nothing more comes of it. */
export const isFinal = ({ status }: Pick<Run, "status">) => finals.has(status);

/** A value that came with one run, as a literal of Terraform's language. */
interface RunVariable {
  readonly key: string;
  readonly value: string;
}

/** What a run was asked to do. */
export interface RunOrder {
  /** Whether it ends with its plan, whatever that says. */
  readonly planOnly: boolean;
  /** Whether its plan is kept for later, and holds nobody up until it is confirmed. */
  readonly savePlan: boolean;
  /** Whether it goes on by itself after its plan. */
  readonly autoApply: boolean;
  readonly isDestroy: boolean;
  readonly refresh: boolean;
  readonly refreshOnly: boolean;
  readonly targetAddrs: readonly string[];
  readonly replaceAddrs: readonly string[];
  readonly variables: readonly RunVariable[];
}

/** The plan or the apply of a run. */
export interface Phase {
  readonly id: string;
  status: "pending" | "running" | "finished" | "errored" | "canceled" | "unreachable";
  /** What it printed so far. */
  log: string;
}

/** What a plan came to: both are as Terraform writes them, the second without values that are sensitive. */
export interface PlanResult {
  readonly json: string;
  readonly redacted: string;
}

/** A run of Terraform by the service. */
export interface Run {
  readonly id: string;
  readonly workspaceId: string;
  /** Undefined for one that nobody uploaded a configuration for. */
  readonly configurationVersionId: string | undefined;
  readonly message: string;
  readonly createdAt: Date;
  readonly order: RunOrder;
  /** By which the Terraform of this run asks for the states that its workspace may read. */
  readonly token: string;
  readonly plan: Phase;
  readonly apply: Phase;
  status: RunStatus;
  hasChanges: boolean;
  result: PlanResult | undefined;
}

/** An order that asks for nothing special. */
export const plainOrder: RunOrder = {
  planOnly: false,
  savePlan: false,
  autoApply: false,
  isDestroy: false,
  refresh: true,
  refreshOnly: false,
  targetAddrs: [],
  replaceAddrs: [],
  variables: [],
};

/** A run that has not begun, or one that stands as somebody left it. */
export function newRun({
  workspaceId,
  createdAt,
  status = "pending",
  message = "",
  order = plainOrder,
  configurationVersionId,
}: Pick<Run, "workspaceId" | "createdAt"> &
  Partial<Pick<Run, "status" | "message" | "order" | "configurationVersionId">>): Run {
  const phase = (of: "plan" | "apply"): Phase => ({ id: newId(of), status: "pending", log: "" });
  return {
    id: newId("run"),
    workspaceId,
    configurationVersionId,
    message,
    createdAt,
    order,
    token: `${newId("run")}.atlasv1.run`,
    plan: phase("plan"),
    apply: phase("apply"),
    status,
    hasChanges: false,
    result: undefined,
  };
}

/** A configuration that runs execute. */
export interface ConfigurationVersion {
  readonly id: string;
  readonly workspaceId: string;
  /** Whether only plans may be made of it. */
  readonly speculative: boolean;
  readonly autoQueueRuns: boolean;
  /** The directory as it was uploaded, a gzipped tar; undefined before that. */
  archive: Buffer | undefined;
}

/** A value that every run of a workspace gets. */
export interface Variable {
  readonly id: string;
  readonly workspaceId: string;
  key: string;
  value: string;
  description: string;
  /** Of Terraform's configuration, or of its process. */
  readonly category: "terraform" | "env";
  /** Whether the value is a literal of Terraform's language rather than text. */
  hcl: boolean;
  /** Whether nobody is told its value any more. */
  sensitive: boolean;
}
