import type { LedgerEntry } from "../ledger/entry.ts";
import { type StackKind, appDependencies } from "../terraform/stack-kinds.ts";
import type { SynthesizedStack } from "../terraform/synthesis.ts";

/** From what it is decided which stacks are planned. */
export interface SelectionContext {
  readonly stacks: Readonly<Record<StackKind, SynthesizedStack>>;
  /** The ledger, oldest entry first, behind whatever of it cannot be read. */
  readonly entries: readonly LedgerEntry[];
  /** The stacks that have a state. */
  readonly deployed: ReadonlySet<StackKind>;
  /** Whether nothing is left out. */
  readonly all: boolean;
  /** What stands otherwise than configured, by stack. Such a stack is planned, whatever it says. */
  readonly differences?: Readonly<Partial<Record<StackKind, readonly string[]>>>;
}

/** Which stacks are planned before anything is applied, and why others are not. */
export interface Selection {
  readonly stacks: readonly SynthesizedStack[];
  readonly reasons: Readonly<Partial<Record<StackKind, string>>>;
}

/**
 * Selects the stacks that are planned. A storage or data stack that says what it said when it was last deployed, and
 * stands as it was deployed, is left out: a release then starts no AWS provider, reads no database, and works while
 * Wasabi is down. The app is always planned, because it is what a person changes in the control panel, and what a
 * deployment is there to put right.
 */
export function selectStacks(context: SelectionContext): Selection {
  const { stacks, deployed, differences = {} } = context;
  const reasons: Partial<Record<StackKind, string>> = {};
  for (const [kind, release] of sayingTheSame(context)) {
    if ((differences[kind] ?? []).length > 0) continue;
    reasons[kind] = `it says what release ${release} deployed; --all plans it`;
  }
  if (!appDependencies.every((kind) => deployed.has(kind)))
    reasons.app = "storage and data come first";
  const selected = Object.values(stacks).filter(({ kind }) => reasons[kind] === undefined);
  return { stacks: selected, reasons };
}

/** The stacks that say what they said when they were last deployed, and by which release. */
export function sayingTheSame({
  stacks,
  entries,
  deployed,
  all,
}: SelectionContext): ReadonlyMap<StackKind, string> {
  const same = appDependencies.flatMap((kind): (readonly [StackKind, string])[] => {
    const last = lastDeployed(entries, kind);
    if (all || !deployed.has(kind) || last?.fingerprint !== stacks[kind].fingerprint) return [];
    return [[kind, last.release]];
  });
  return new Map(same);
}

/** What a stack said when it was last known to be deployed as a whole; undefined when it cannot be known. */
function lastDeployed(
  entries: readonly LedgerEntry[],
  kind: StackKind,
): { readonly fingerprint: string; readonly release: string } | undefined {
  for (const { id, stacks, result } of entries.toReversed()) {
    const { [kind]: stack } = stacks;
    if (!stack || stack.outcome === "not planned") continue;
    // While it runs, or when it was killed, a stack may be half way to what it was meant to be.
    if (stack.outcome === "not begun" && result !== "running") continue;
    const whole = stack.outcome === "applied" || stack.outcome === "unchanged";
    return whole ? { fingerprint: stack.fingerprint, release: id } : undefined;
  }
  return undefined;
}
