import { ProviderFailure } from "./failure.ts";
import type { ResourceContext } from "./resource.ts";

// The waits of retry.RetryContext in terraform-plugin-sdk 2.26.1 (helper/retry/state.go).
const FIRST_WAIT_SECONDS = 0.5;
const LONGEST_WAIT_SECONDS = 10;

/**
 * Repeats a request while it is refused in a way that passes, with growing waits.
 *
 * @throws what the request threw: any other refusal at once, the last one when the time is up.
 */
export async function repeatWhile<T>(
  { sleep }: Pick<ResourceContext<unknown>, "sleep">,
  timeoutSeconds: number,
  passes: (refusal: unknown) => boolean,
  request: () => Promise<T>,
): Promise<T> {
  let waited = 0;
  let wait = FIRST_WAIT_SECONDS;
  for (;;) {
    try {
      return await request();
    } catch (refusal) {
      if (!passes(refusal) || waited + wait > timeoutSeconds) throw refusal;
    }
    await sleep(wait);
    waited += wait;
    wait = Math.min(wait * 2, LONGEST_WAIT_SECONDS);
  }
}

/**
 * Repeats a question until its answer is that there is no such thing.
 *
 * @throws ProviderFailure when it is still there after the time.
 */
export async function repeatUntilGone(
  context: Pick<ResourceContext<unknown>, "sleep">,
  timeoutSeconds: number,
  exists: () => Promise<boolean>,
): Promise<void> {
  const stillThere = new ProviderFailure("found resource");
  await repeatWhile(
    context,
    timeoutSeconds,
    (refusal) => refusal === stillThere,
    async () => {
      if (await exists()) throw stillThere;
    },
  );
}
