import { CheckSkipped } from "../context/check.ts";
import { messageOf } from "@mam-infra/clients/message";
import type { Progress, Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { StackKind } from "../terraform/stack-kinds.ts";
import { type Comparison, disagreements } from "../verify/comparison.ts";
import { dataComparisons } from "../verify/data.ts";
import { observeData } from "../platform/observed-data.ts";
import type { KnownState } from "../verify/known.ts";
import { storageComparisons } from "../verify/storage.ts";
import { askStorage } from "../platform/observed-storage.ts";

/** What stands of stacks that say what was deployed last. */
export interface OtherStacks {
  readonly known: KnownState;
  /** What a deployment of the stack would put right, a sentence each; none where all is as configured. */
  readonly differences: Readonly<Partial<Record<StackKind, readonly string[]>>>;
}

/**
 * Asks the platforms what stands of stacks that say what was deployed last: fifteen requests to DigitalOcean for data,
 * and thirty-one to Wasabi for storage, which `mam verify` is spared at the end of the deployment. A platform that does
 * not answer leaves its stack out, as before: a release works while Wasabi is down.
 *
 * @param parts the stacks to look at.
 */
export async function lookAtStanding(
  session: Session,
  parts: readonly StackKind[],
  progress: Progress,
): Promise<OtherStacks> {
  if (parts.length === 0) return { known: {}, differences: {} };
  return progress.step("asking what stands of the other stacks", async (tell) => {
    const [data, storage] = await Promise.all([
      parts.includes("data") ? look("data", () => askData(session), tell) : undefined,
      parts.includes("storage") ? look("storage", () => askOfStorage(session), tell) : undefined,
    ]);
    return {
      known: {
        ...(data ? { data: data.found } : {}),
        ...(storage ? { storage: storage.found } : {}),
      },
      differences: {
        ...(data ? { data: data.differences } : {}),
        ...(storage ? { storage: storage.differences } : {}),
      },
    };
  });
}

async function askData({ clients, environment }: Session) {
  const found = await observeData(clients.digitalOcean(), environment.config);
  return { found, comparisons: dataComparisons(environment.config, found) };
}

async function askOfStorage(session: Session) {
  const found = await askStorage(session);
  return { found, comparisons: storageComparisons(session.environment, found) };
}

async function look<T>(
  kind: StackKind,
  ask: () => Promise<{ readonly found: T; readonly comparisons: readonly Comparison[] }>,
  tell: Tell,
): Promise<{ readonly found: T; readonly differences: readonly string[] } | undefined> {
  try {
    const { found, comparisons } = await ask();
    // What has a remedy of its own is nothing that a plan puts right.
    const differences = disagreements(comparisons.filter(({ fix }) => fix === undefined));
    for (const difference of differences) tell(`${kind} is planned: ${difference}`);
    return { found, differences };
  } catch (error) {
    const why = messageOf(error).split("\n")[0] ?? "";
    tell(
      error instanceof CheckSkipped
        ? `${kind} was not looked at: ${why}`
        : `${kind} could not be looked at, and is left out: ${why}`,
    );
    return undefined;
  }
}
