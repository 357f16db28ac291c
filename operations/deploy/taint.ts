import { type Session, finishing } from "../context/session.ts";
import { prepare, untaint } from "../terraform/stack.ts";
import { readState } from "../terraform/states.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import type { SynthesizedStack } from "../terraform/synthesis.ts";
import { statefulIn, taintedIn } from "../terraform/taints.ts";

/**
 * Takes the taint from a stack's stateful resources: Terraform would destroy and make again what was created and only
 * did not get ready. An app would lose its address, its certificates and the key that its secrets are sealed with
 * (terraform-provider-digitalocean issue 843); a bucket may not be destroyed, so that every later plan would fail. What
 * is still missing of it is what the next plan changes, and one that does not stand after all is what it creates.
 *
 * @returns the addresses whose taint was taken.
 */
export async function untaintStateful(
  session: Session,
  stack: SynthesizedStack,
): Promise<string[]> {
  const stateful = new Set(statefulIn(stack));
  const text = await readState(session, stack.kind);
  const tainted = taintedIn(text ?? "{}").filter((address) => stateful.has(address));
  if (tainted.length === 0) return [];
  // Also after an interruption: this is what leaves things as the next deployment needs them.
  const runtime = terraformRuntime(finishing(session), stack);
  await prepare(stack, runtime);
  for (const address of tainted) await untaint(stack, runtime, address);
  return tainted;
}
