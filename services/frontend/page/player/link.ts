/** A link of the edge, as docs/links.md describes, taken apart. */
export interface Link {
  /** All before the object's own path: `https://media…/m/<exp>/<slot>/<sig>/<asset>`. */
  readonly base: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

const shape = /^(?<base>https?:\/\/[^/]+\/m\/(?<expires>\d{1,12})\/[AB]\/[0-9a-f]{64}\/[^/]+)\//;

/** Takes a link apart. @returns undefined for an address of another shape. */
export function readLink(url: string): Link | undefined {
  const { base, expires } = shape.exec(url)?.groups ?? {};
  return base === undefined || expires === undefined
    ? undefined
    : { base, expires: Number(expires) };
}

/** The same object under another link: what a playlist or segment is asked for by, once the old link has ended. */
export function underLink(url: string, { base }: Link): string {
  const old = readLink(url);
  return old ? `${base}${url.slice(old.base.length)}` : url;
}
