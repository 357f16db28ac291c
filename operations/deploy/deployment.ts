import type { Reading } from "../analysis/signal.ts";
import type { WatchTime } from "../analysis/watch.ts";
import type { CheckReport } from "../context/check.ts";
import type { Confirm } from "../context/confirm.ts";
import type { Finding } from "../context/finding.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { Judgement, Override } from "../gate/gate.ts";
import type { MachineChanges } from "../gpu/machines.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { History } from "../ledger/history.ts";
import type { LedgerStore } from "../ledger/store.ts";
import type { NamedResource } from "../plan/named.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import type { SettledApp } from "../platform/deployments.ts";
import type { Deviation } from "../reviewed/comparison.ts";
import type { Reviewed } from "../reviewed/fingerprint.ts";
import type { AnyStack, StackKind } from "../terraform/stack-kinds.ts";
import type { SynthesizedStack } from "../terraform/synthesis.ts";
import type { KnownState } from "../verify/known.ts";
import type { AppAlert } from "./alert-recipients.ts";
import type { DeploymentEnd } from "./end.ts";

/** How an environment is deployed. */
export interface DeploymentOptions {
  readonly kind: LedgerEntry["kind"];
  /** Asks whether what the text says may be done; not called when nothing would change. */
  readonly confirm: Confirm;
  /** Rules of the gate that a person lets pass, with a reason. */
  readonly overrides: readonly Override[];
  /** Whether every stack is planned, also one that says what was deployed last. */
  readonly all: boolean;
  /** Whether a deployment whose app failed, or turned red while it was watched, is followed by one of the last good release. */
  readonly rollbackOnFailure: boolean;
  /** What was reviewed: nothing else is deployed. Any plan without it. */
  readonly reviewed?: Reviewed;
  /** How the release is watched once it runs and is verified; not at all without it. */
  readonly analysis?: AnalysisOptions;
}

/** How a release is watched. */
export interface AnalysisOptions {
  /** How long. */
  readonly seconds: number;
  /** @default the wall clock */
  readonly time?: WatchTime;
}

/** What became of it. */
export interface DeploymentResult {
  /** Whether the release runs, verified and recorded. */
  readonly ok: boolean;
  /** What the ledger says; undefined when nothing was begun. */
  readonly entry: LedgerEntry | undefined;
  readonly findings: readonly Finding[];
  /** For a terminal; ends with what to do next, if anything. */
  readonly text: string;
  /** Where the plan is not what was reviewed; absent where it is, or nothing was. */
  readonly deviations?: readonly Deviation[];
}

/** Brings an environment to what its files say. */
export type Deploy = (
  session: Session,
  options: DeploymentOptions,
  progress: Progress,
) => Promise<DeploymentResult>;

/** What became of a stack. */
export type StackOutcome = NonNullable<LedgerEntry["stacks"]["app"]>["outcome"];

/** What became of each stack; of machines with a card only where there are any. */
export type StackOutcomes = Readonly<Record<StackKind, StackOutcome>> & {
  readonly gpu?: StackOutcome;
};

/** A deployment: all that is known of it. It grows from step to step, in the order of the fields. */
export interface Deployment {
  /** The session, with what was sealed, and what storage keeps for now, on the way. */
  readonly session: Session;
  readonly options: DeploymentOptions;
  readonly progress: Progress;
  readonly store: LedgerStore;
  /** What the ledger says. */
  readonly history: History;
  /** The app, once nothing of it is being deployed any more; undefined when there is none. */
  readonly before: SettledApp | undefined;
  readonly doctor: CheckReport;
  readonly stacks: Readonly<Record<StackKind, SynthesizedStack>>;
  /** The stacks that have a state. */
  readonly deployed: ReadonlySet<StackKind>;
  /** What stands of the stacks that say what was deployed last, as far as it was asked for. */
  readonly known: KnownState;
  /** What stands otherwise than configured, by stack. */
  readonly differences: Readonly<Partial<Record<StackKind, readonly string[]>>>;
  readonly planned: readonly PlannedStack[];
  /** The stack of machines with a card, where the environment has one. */
  readonly machineStack?: SynthesizedStack<"gpu">;
  /** Its plan as it is before anything is applied: it is judged and shown, and made anew once the release runs. */
  readonly machinePlan?: PlannedStack<"gpu">;
  /** Why the other stacks were not planned. */
  readonly reasons: Readonly<Partial<Record<AnyStack, string>>>;
  /** Resources of the app where it is planned later only: what is known of them before. */
  readonly later: readonly NamedResource[];
  /** The same of machines with a card. */
  readonly laterMachines: readonly NamedResource[];
  /** What the gate says. */
  readonly judgement: Judgement;
  /** Why the app is deployed again although Terraform has nothing to change in it. */
  readonly redeploys: readonly string[];
  /** Alerts of the app whose recipients are set, which no plan shows. */
  readonly misdirected: readonly AppAlert[];
  /** What becomes of machines with a card. */
  readonly machines: MachineChanges;
  /** Whether anything would be changed. */
  readonly changes: boolean;
  /** What was red before anything was applied, where the release is watched. */
  readonly levelsBefore?: Reading;
  /** What the ledger says of this deployment. */
  readonly entry: LedgerEntry;
  readonly outcomes: StackOutcomes;
  /** The app's active deployment, once the release is what runs. */
  readonly running?: string;
  /** The storage stack, when it was deployed once more after the app. */
  readonly narrowed?: SynthesizedStack;
  /** What the deployment came to. */
  readonly end?: DeploymentEnd;
}

/** A deployment at a step that needs some of what is known of it. */
export type Knowing<Field extends keyof Deployment = never> = Pick<
  Deployment,
  "session" | "options" | "progress" | "store" | Field
>;
