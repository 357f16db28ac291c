/** Status and headers of an answer. */
export interface ResponseHead {
  readonly status: number;
  /** By name in lower case; of a name that comes twice, the last. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Reads the head of an answer of HTTP/1.1, without the empty line at its end; undefined when it is none. */
export function parseResponseHead(text: string): ResponseHead | undefined {
  const [statusLine = "", ...lines] = text.split("\r\n");
  const status = /^HTTP\/1\.1 (\d{3})(?: |$)/.exec(statusLine)?.[1];
  if (status === undefined) return undefined;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    headers.set(name.toLowerCase(), value);
  }
  return { status: Number(status), headers };
}

/**
 * Length of an answer's body in bytes.
 *
 * @returns undefined when the head does not say it in one number: such a body ends in other ways.
 */
export function bodyLength({ status, headers }: ResponseHead): number | undefined {
  if (status === 304) return 0;
  const length = headers.get("content-length");
  if (headers.has("transfer-encoding") || !/^\d{1,15}$/.test(length ?? "")) return undefined;
  return Number(length);
}
