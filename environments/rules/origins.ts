/** What a browser sends as the origin of a page at this address; `undefined` for text that is no address of a page. */
function originOf(text: string): string | undefined {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  const { host } = new URL(address);
  return `https://${host.replace(/\.(?=:|$)/, "")}`;
}

/** Whether text is an origin exactly as browsers send it over HTTPS, naming one host. */
export function isOrigin(text: string): boolean {
  return !text.includes("*") && originOf(text) === text;
}

/**
 * A list of origins as it has to be written: each as browsers send it, once, and none that is allowed without the list.
 * What names no single host is left out, because nobody can say which hosts were meant.
 */
export function writtenOrigins(origins: readonly string[], others: readonly string[]): string[] {
  const written = origins
    .filter((origin) => !origin.includes("*"))
    .flatMap((origin) => originOf(origin) ?? []);
  return [...new Set(written)].filter((origin) => !others.includes(origin));
}
