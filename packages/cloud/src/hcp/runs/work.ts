import type { PlanResult, RunOrder, Variable } from "./model.ts";

/** What a run is executed with. */
interface RunJob {
  /** The uploaded directory, a gzipped tar. */
  readonly archive: Buffer;
  /** Directory of it in which Terraform runs; empty for all of it. */
  readonly workingDirectory: string;
  /** State of the workspace; undefined before the first one. */
  readonly state: Buffer | undefined;
  /** Version of Terraform that the workspace asks for. */
  readonly terraformVersion: string;
  readonly order: RunOrder;
  /** The workspace's variables, with the values that nobody else is told. */
  readonly variables: readonly Pick<Variable, "key" | "value" | "category" | "hcl">[];
  /** Token by which this run reads states of other workspaces. */
  readonly token: string;
}

/** Hears what is printed. */
type Log = (text: string) => void;

/** What a plan came to; undefined where it failed. */
export interface Planned extends PlanResult {
  readonly hasChanges: boolean;
}

/** What an apply came to: the state is what stands then, whether it ended well or not. */
interface AppliedWork {
  readonly ok: boolean;
  readonly state: Buffer | undefined;
}

/** A run that is being executed: first its plan, then at most once what was planned. */
export interface RunWork {
  /** @param signal ends it early, as Ctrl-C does. */
  plan(log: Log, signal: AbortSignal): Promise<Planned | undefined>;
  apply(log: Log, signal: AbortSignal): Promise<AppliedWork>;
  /** Removes everything that it needed. */
  close(): Promise<void>;
}

/** Begins to execute a run. What does it, such as the real Terraform, is given to the service. */
export type OpenRun = (job: RunJob) => Promise<RunWork>;
