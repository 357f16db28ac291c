import { AbortError } from "./abort.ts";

/** How a client waits for a platform. */
export interface CallTimeout {
  /** Ends every wait at once. */
  readonly interruption?: AbortSignal;
  /** Says what is waited for, when it takes longer than a person expects. */
  readonly tell?: (text: string) => void;
  /** Longest wait for one call, all attempts and pauses together, in seconds. @defaultValue {@link longestSeconds} */
  readonly limitSeconds?: number;
}

/**
 * Longest wait for one call, in seconds: two attempts that are not answered for a minute, and what is between them. A
 * platform that needs longer is one to come back to.
 */
export const longestSeconds = 180;

/** After how many seconds a person is told what is waited for. */
const silentSeconds = 10;

/** Thrown when a platform was waited for in vain; the message names it, the call, and how long that was. */
export class WaitedTooLong extends Error {
  constructor(call: string, seconds: number) {
    super(`${call} got no answer within ${seconds} seconds, which is as long as it is waited for`);
    this.name = "WaitedTooLong";
  }
}

/**
 * Makes a call and waits for it: until it is answered, until the command is interrupted, or until it was waited for long
 * enough.
 *
 * @param call what is waited for, with the platform: `DigitalOcean: GET /v2/account`.
 * @param action the call; its signal is given when the call is not waited for any more.
 * @throws AbortError or WaitedTooLong, or what the call throws.
 */
export async function withTimeout<T>(
  call: string,
  { interruption, tell, limitSeconds = longestSeconds }: CallTimeout,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const given = new AbortController();
  const timers = [
    setTimeout(() => {
      tell?.(`still waiting for ${call}, for up to ${limitSeconds} seconds`);
    }, silentSeconds * 1000),
    setTimeout(() => {
      given.abort(new WaitedTooLong(call, limitSeconds));
    }, limitSeconds * 1000),
  ];
  const interrupt = () => {
    given.abort(new AbortError(`${call} was no longer waited for`));
  };
  interruption?.addEventListener("abort", interrupt, { once: true });
  if (interruption?.aborted) interrupt();
  try {
    return await Promise.race([whenAborted(given.signal), action(given.signal)]);
  } finally {
    timers.forEach(clearTimeout);
    interruption?.removeEventListener("abort", interrupt);
  }
}

/** Fails once a signal is given, with its reason. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail, { once: true });
  });
}
