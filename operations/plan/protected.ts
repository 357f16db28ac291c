import { z } from "zod";

import { changeKind } from "../effects/change-kind.ts";
import { effectOf, effectsOf } from "../effects/effects.ts";
import { valueAt } from "../../environments/rules/findings.ts";
import type { Diagnostic } from "../terraform/messages.ts";
import { type ResourceChange, emptyPlan } from "../terraform/plan-json.ts";
import { TerraformFailed } from "../terraform/process.ts";
import type { SavedPlan } from "../terraform/saved-plan.ts";
import type { StackFolder } from "../terraform/synthesis.ts";
import { writtenResources } from "../terraform/written-resources.ts";
import { isNothing } from "./shown.ts";

type Fields = Readonly<Record<string, unknown>>;

const fields = z.record(z.string(), z.unknown());

const stateSchema = z.looseObject({
  resources: z.array(
    z.looseObject({
      type: z.string(),
      name: z.string(),
      instances: z.array(z.looseObject({ attributes: fields.default({}) })),
    }),
  ),
});

/**
 * Addresses of what Terraform refuses to destroy; empty when the failure is about anything else too. Its own text
 * advises to take the protection off, so it is never shown: the gate says what the change means, and how to go back.
 */
export function protectedAddresses(failure: unknown): string[] {
  if (!(failure instanceof TerraformFailed)) return [];
  const addresses = failure.diagnostics.map(protectedAddress);
  return addresses.every((one) => one !== undefined) ? [...new Set(addresses)] : [];
}

function protectedAddress({ summary, detail }: Diagnostic): string | undefined {
  if (summary !== "Instance cannot be destroyed") return undefined;
  return /^Resource (\S+) has lifecycle\.prevent_destroy/.exec(detail)?.[1];
}

/** What is known of a stack without a plan of it. */
export interface KnownOfStack {
  /** Gives the text of the stack's newest state. */
  readonly readState: () => Promise<string | undefined>;
  /** Gives what differs from it on the platforms. */
  readonly readDrift: () => Promise<readonly ResourceChange[]>;
}

/**
 * The plan that Terraform refuses to write, as far as it is known: what differs from the state, what it would destroy, and
 * because of which arguments. They are found by comparing what stands with the configuration.
 *
 * @returns undefined when the failure is another one.
 */
export async function planOfProtected(
  stack: StackFolder,
  failure: unknown,
  { readState, readDrift }: KnownOfStack,
): Promise<SavedPlan | undefined> {
  const addresses = protectedAddresses(failure);
  if (addresses.length === 0) return undefined;
  const wanted = writtenResources(stack);
  const state = stateSchema.parse(JSON.parse((await readState()) ?? "{}"));
  const drift = await readDrift();
  const changes = addresses.map((address) => {
    const [type = "", name = ""] = address.split(".");
    const stored = state.resources.find((one) => one.type === type && one.name === name);
    const standing = drift.find((one) => one.address === address)?.change.after;
    return replacement(
      address,
      fields.safeParse(standing).data ?? stored?.instances[0]?.attributes ?? {},
      wanted.find((one) => one.address === address)?.arguments ?? {},
    );
  });
  const plan = { ...emptyPlan, resource_changes: changes, resource_drift: [...drift] };
  const drifted = drift.map(({ address }) => address);
  return { digest: "", changes: true, plan, drifted, warnings: [], refusedByTerraform: true };
}

/** How a resource is replaced that stands and is described otherwise. */
export function replacement(address: string, before: Fields, wanted: Fields): ResourceChange {
  const [type = "", name = ""] = address.split(".");
  const replacing = (effectsOf(type)?.rows ?? [])
    .map(({ argument }) => argument)
    .filter((argument, index, all) => argument !== "*" && all.indexOf(argument) === index)
    .filter((argument) => isReplacing(type, argument, before, wanted));
  const changed = replacing.map((argument) => [argument, valueAt(wanted, argument)]);
  return {
    address,
    mode: "managed",
    type,
    name,
    action_reason: "replace_because_cannot_update",
    change: {
      actions: ["delete", "create"],
      before,
      after: { ...before, ...Object.fromEntries(changed) },
      replace_paths: replacing.map((argument) => [argument]),
    },
  };
}

/** Whether an argument differs whose change replaces the resource. What is read of another resource is not known. */
function isReplacing(type: string, argument: string, before: Fields, wanted: Fields): boolean {
  const sides = { before: valueAt(before, argument), after: valueAt(wanted, argument) };
  const kind = changeKind(type, argument, sides);
  const row = effectOf(type, argument, kind);
  if (row?.planned !== "replaced" || !differs(sides)) return false;
  // What the configuration leaves out the provider mostly keeps: only where a row says so it does not.
  return kind !== "removed" || (!isNothing(sides.before) && row.kinds?.includes(kind) === true);
}

function differs({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  if (typeof after === "string") return !after.includes("${") && before !== after;
  return isNothing(before) !== isNothing(after);
}
