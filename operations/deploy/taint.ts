import { runningApp } from "../secrets/running-app.ts";
import type { Session } from "../command/session.ts";
import { prepare, taintedResources, untaint } from "../terraform/stack.ts";
import { surroundingsOf } from "../terraform/surroundings.ts";
import type { WrittenStack } from "../terraform/synthesis.ts";

/** Address of the app in its stack, pinned in constructs/app/media-app.ts. */
const appAddress = "digitalocean_app.app";

/**
 * Takes the taint from an app that stands. An app whose first deployment fails is created all the same, and Terraform
 * would replace it: with it go its address, its certificates and the key that its secrets are sealed with
 * (terraform-provider-digitalocean issue 843).
 *
 * @returns whether there was a taint to take.
 */
export async function untaintApp(session: Session, stack: WrittenStack): Promise<boolean> {
  // Also after an interruption: this is what leaves things as the next deployment needs them.
  const surroundings = { ...surroundingsOf(session), interruption: new AbortController().signal };
  await prepare(stack, surroundings);
  const tainted = await taintedResources(stack, surroundings);
  if (!tainted.includes(appAddress) || !(await runningApp(session))) return false;
  await untaint(stack, surroundings, appAddress);
  return true;
}
