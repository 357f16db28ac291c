import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { declaredIn } from "../leftovers/declared.ts";
import { environmentLeftovers } from "../leftovers/environment-leftovers.ts";
import type { Leftover } from "../leftovers/leftovers.ts";
import { stacksWithLeftovers } from "../leftovers/stray-machines.ts";
import { leftoverTypes } from "../leftovers/types.ts";
import { importResource, prepare } from "../terraform/stack.ts";
import { refuseRemote } from "../state-place/workspaces.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import { presentStacks } from "../terraform/present-stacks.ts";
import { type StackFolder, synthesiseStack } from "../terraform/synthesis.ts";

/** Something to be imported. */
interface Wanted {
  readonly address: string;
  readonly id: string;
}

/** `mam state import`: makes what stands known to the state of its stack. No platform is changed. */
export async function importLeftovers(
  session: Session,
  { operands }: { readonly operands: readonly string[] },
  progress: Progress,
): Promise<Outcome> {
  refuseRemote(session);
  const { name } = session.environment.config;
  const wanted = await wantedOf(session, operands, progress);
  await importAll(session, wanted, progress);
  const imported = wanted.map(({ address }) => address);
  const next = `Go on: mam deploy ${name}\n`;
  const text = [
    ...imported.map((address) => `imported ${address}\n`),
    imported.length === 0 ? `${name}: nothing stands that no state knows.\n` : next,
  ].join("");
  return { ok: true, data: { environment: name, imported }, text };
}

/** Makes what stands known to the states, as far as it is meant. No platform is changed. */
export async function importStanding(
  session: Session,
  isMeant: (leftover: Leftover) => boolean,
  progress: Progress,
): Promise<void> {
  await importAll(session, await standing(session, isMeant, progress), progress);
}

async function importAll(session: Session, wanted: readonly Wanted[], progress: Progress) {
  const stacks: StackFolder[] = [];
  for (const kind of await presentStacks(session))
    stacks.push(await synthesiseStack(session, kind));
  const plans = wanted.map((one) => ({ ...one, stack: stackOf(stacks, one.address) }));
  for (const stack of stacks) {
    const own = plans.filter((plan) => plan.stack === stack);
    if (own.length > 0) await importInto(session, stack, own, progress);
  }
}

async function standing(
  session: Session,
  isMeant: (leftover: Leftover) => boolean,
  progress: Progress,
): Promise<Wanted[]> {
  const found = await progress.step("looking for what no state knows", () =>
    stacksWithLeftovers(session).then((stacks) => environmentLeftovers(session, stacks)),
  );
  return found
    .filter((one) => one.way === "import" && isMeant(one))
    .map(({ resource, standing: { id, importId = id } }) => ({
      address: resource.address,
      id: importId,
    }));
}

async function wantedOf(
  session: Session,
  [address, id]: readonly string[],
  progress: Progress,
): Promise<readonly Wanted[]> {
  const { name } = session.environment.config;
  if (address === undefined) return standing(session, () => true, progress);
  if (id === undefined) {
    throw new NotConfigured(`Of ${address} the id is missing.\n  fix: mam doctor ${name}`);
  }
  return [{ address, id }];
}

/** The stack that declares an address. @throws NotConfigured when none does, or when it cannot be imported. */
function stackOf(stacks: readonly StackFolder[], address: string): StackFolder {
  const resource = declaredIn(stacks).find((one) => one.address === address);
  const stack = stacks.find(({ name }) => name === resource?.stack);
  if (!resource || !stack) {
    throw new NotConfigured(
      `No stack declares ${address}.\n  fix: mam doctor <environment> lists what can be imported, each with its line`,
    );
  }
  const type = leftoverTypes.find((one) => one.type === resource.type);
  if (type?.importable) return stack;
  throw new NotConfigured(
    `${address} cannot be imported: a deployment makes it anew.\n  fix: mam deploy <environment>`,
  );
}

async function importInto(
  session: Session,
  stack: StackFolder,
  wanted: readonly Wanted[],
  progress: Progress,
): Promise<void> {
  await progress.step(`importing into the state of ${stack.name}`, async (tell) => {
    const runtime = terraformRuntime(session, stack);
    await prepare(stack, runtime);
    for (const { address, id } of wanted) {
      tell(address);
      await importResource(stack, runtime, address, id);
    }
  });
}
