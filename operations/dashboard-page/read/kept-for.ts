/**
 * A read whose result, or failure, serves everybody for some seconds. Who asks meanwhile waits for the read that is under way.
 *
 * @param now milliseconds of a clock that only goes forward.
 */
export function keptFor<T>(
  seconds: number,
  now: () => number,
  read: () => Promise<T>,
): () => Promise<T> {
  let kept: { readonly at: number; readonly result: Promise<T> } | undefined;
  return () => {
    if (!kept || now() - kept.at >= seconds * 1000) kept = { at: now(), result: read() };
    return kept.result;
  };
}
