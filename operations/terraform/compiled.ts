declare const mamSources: string | undefined;

/** What the running program was compiled from, as a hash; undefined when it runs from its sources, as in tests. */
export const compiledFrom: string | undefined =
  typeof mamSources === "string" ? mamSources : undefined;
