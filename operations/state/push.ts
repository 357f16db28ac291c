import { rmSync } from "node:fs";

import { messageOf } from "@mam-infra/clients/message";
import type { Outcome } from "../context/outcome.ts";
import type { Progress, Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { prepare, pushState } from "../terraform/stack.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import { synthesiseStack } from "../terraform/synthesis.ts";
import { type UnsavedState, unsavedStates } from "./unsaved.ts";

/** What became of states that Terraform could not write where they belong. */
export interface Pushed {
  readonly pushed: readonly UnsavedState[];
  /** Those that somebody overtook: they stay where they are. */
  readonly kept: readonly UnsavedState[];
}

/**
 * Writes the states of an environment where they belong that Terraform could not write there, each that follows the one
 * which stands. No platform is changed by it, so nobody is asked.
 *
 * @throws Error when one cannot be written still; it stays where it is.
 */
export async function pushUnsaved(session: Session, progress: Progress): Promise<Pushed> {
  const found = await unsavedStates(session);
  const pushed = found.filter(({ verdict }) => verdict !== "was overtaken");
  const kept = found.filter(({ verdict }) => verdict === "was overtaken");
  if (pushed.length > 0) {
    await progress.step("writing states that could not be written before", async (tell) => {
      for (const one of pushed) await push(session, one, tell);
    });
  }
  return { pushed, kept };
}

async function push(session: Session, one: UnsavedState, tell: Tell): Promise<void> {
  const { file, part, stack: name, serial, verdict } = one;
  if (verdict === "follows") {
    const stack = await synthesiseStack(session, part);
    // Also after an interruption: this is what leaves things as the next deployment needs them.
    const interruption = new AbortController().signal;
    const runtime = { ...terraformRuntime(session, stack), interruption };
    await prepare(stack, runtime);
    await pushState(stack, runtime, file).catch((error: unknown) => {
      throw stillUnsaved(session, one, error);
    });
  }
  rmSync(file);
  tell(`${name}, serial ${serial}`);
}

/** Says where a state is kept that cannot be written still, and what writes it once it can be. */
function stillUnsaved(session: Session, { stack, file }: UnsavedState, cause: unknown): Error {
  const { name } = session.environment.config;
  return new Error(
    `the state of ${stack} is kept in ${file}, and cannot be written where it belongs: ${messageOf(cause)}\n  fix: mam state push ${name}, before anything else; mam doctor ${name} says why not yet`,
    { cause },
  );
}

/** What a state is that stays, and what a person does about it. */
export function describeKept({ file, stack, serial, standing }: UnsavedState, environment: string) {
  return {
    resource: `the state of ${stack} in ${file}`,
    expected: "a state that follows the one which stands",
    found: `serial ${serial}, and serial ${standing ?? "none"} stands: somebody has written another one since`,
    fix: `see with mam doctor ${environment} that nothing stands which no state knows, then: rm ${file}`,
  };
}

/** `mam state push`: writes states that Terraform could not write. */
export async function pushStates(
  session: Session,
  _: object,
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  const { pushed, kept } = await pushUnsaved(session, progress);
  const lines = [
    ...pushed.map(({ stack, serial }) => `the state of ${stack} is written, serial ${serial}\n`),
    ...kept
      .map((one) => describeKept(one, name))
      .map(({ resource, found, fix }) => `${resource}: ${found}\n  fix: ${fix}\n`),
  ];
  const text = lines.length > 0 ? lines.join("") : `${name}: every state is where it belongs.\n`;
  const files = { pushed: pushed.map(({ file }) => file), kept: kept.map(({ file }) => file) };
  return { ok: kept.length === 0, data: { environment: name, ...files }, text };
}
