/**
 * Something that the real provider reports too: the API refused, a wait ran out, an argument does
 * not make sense. Its message becomes the diagnostic.
 *
 * Any other error is a mistake of the rehearsal and is reported as one.
 */
export class ProviderFailure extends Error {
  override name = "ProviderFailure";
  /** What stands below the message, if anything. */
  readonly detail: string | undefined;

  constructor(message: string, options: ErrorOptions & { readonly detail?: string } = {}) {
    super(message, options);
    this.detail = options.detail;
  }
}

/**
 * The real provider program would crash. Terraform then keeps what was stored: it gets no answer that could change it.
 */
export class ProviderCrash extends ProviderFailure {
  override name = "ProviderCrash";

  constructor(why: string) {
    super(`The real provider crashes here: ${why}`);
  }
}

/** Whether a failure comes from a crash. */
export function isCrash(failure: unknown): boolean {
  if (failure instanceof ProviderCrash) return true;
  return failure instanceof Error && isCrash(failure.cause);
}

/** A failure that says what was being done, a colon, and the cause's own sentence. */
export function failureOf(doing: string, cause: unknown): ProviderFailure {
  const sentence = cause instanceof Error ? cause.message : String(cause);
  return new ProviderFailure(`${doing}: ${sentence}`, { cause });
}

/**
 * Runs a request and, when it fails, says what was being done.
 *
 * @throws ProviderFailure as {@link failureOf} makes it.
 */
export async function attempt<T>(doing: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    throw failureOf(doing, cause);
  }
}
