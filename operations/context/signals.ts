/** What interrupts a command: Ctrl-C, a cancelled CI job, and a terminal that was closed. */
export const interruptingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * A signal for this program that is given once the process gets one of these.
 *
 * @param count how many of them it takes.
 */
export function abortedBy(signals: readonly NodeJS.Signals[], count = 1): AbortSignal {
  const controller = new AbortController();
  let seen = 0;
  // Not `once`: libraries that restore the terminal end the process when no other listener is left.
  for (const signal of signals) {
    process.on(signal, () => {
      seen += 1;
      if (seen >= count) controller.abort();
    });
  }
  return controller.signal;
}

/**
 * Does something that must be finished once it has begun. A further Ctrl-C, or the second signal that CI sends when a
 * job is cancelled, would otherwise end this process before it can say what its Terraform came to.
 *
 * @param action what is done; `urgency` is aborted by the second signal.
 * @param tell says to an impatient person what is waited for.
 */
export async function deferSignals<T>(
  action: (urgency: AbortSignal) => Promise<T>,
  tell: (progress: string) => void,
): Promise<T> {
  const urgency = new AbortController();
  let count = 0;
  const answer = () => {
    count += 1;
    if (count > 1) urgency.abort();
    tell("waiting for what has begun to end; its lock is given back then");
  };
  for (const signal of interruptingSignals) process.on(signal, answer);
  try {
    return await action(urgency.signal);
  } finally {
    for (const signal of interruptingSignals) process.off(signal, answer);
  }
}
