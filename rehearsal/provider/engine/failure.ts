/**
 * Something that the real provider reports too: the API refused, a wait ran out, an argument does
 * not make sense. Its message becomes the diagnostic.
 *
 * Any other error is a mistake of the rehearsal and is reported as one.
 */
export class ProviderFailure extends Error {
  override name = "ProviderFailure";
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
