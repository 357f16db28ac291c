/**
 * Waits until all of several things have ended, whatever becomes of each, and only then fails with the first that did:
 * what is still being written must not be overtaken by its removal.
 */
export async function allEnded<T>(things: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(things);
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}
