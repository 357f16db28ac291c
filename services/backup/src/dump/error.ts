/** A dump that may not count as one. The words say what was found and what to do. */
export class DumpError extends Error {
  override readonly name = "DumpError";
}
