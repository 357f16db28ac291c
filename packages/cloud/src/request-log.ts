/** The platforms that the rehearsal cloud plays. */
export type PlatformName = "digitalocean" | "wasabi" | "spaces" | "hcp";

/** One request that a platform answered. */
export interface LoggedRequest {
  /** Virtual time at which the request arrived, ISO 8601. */
  readonly at: string;
  readonly platform: PlatformName;
  /** First product token of the User-Agent header, such as `Terraform/1.11.4`; `unknown` without the header. */
  readonly caller: string;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** Query without the question mark; empty when there is none. Signatures in it are replaced by `redacted`. */
  readonly query: string;
  /** Status of the answer; 0 when the connection was closed without one. */
  readonly status: number;
  /** What the platform calls the operation, such as `s3:PutObject`, where the path does not say it. */
  readonly action?: string;
}

/**
 * Every request in the order of its answer. The scenarios of a rehearsal count with it what a deployment asks of the
 * platforms, and it is the evidence when the embedded providers are compared with the real ones.
 */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];

  /** Appends a request. */
  record(entry: LoggedRequest): void {
    this.#entries.push(entry);
  }

  /** All requests so far, oldest first; a copy, so that a reader may keep it while requests go on. */
  entries(): readonly LoggedRequest[] {
    return [...this.#entries];
  }
}
