/** A valid request of an operation, from which others are generated. */
export interface ValidRequest {
  /** `POST /v2/vpcs`, as the description writes it, its parameters replaced: `{vpc}` is the one of the world. */
  readonly call: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, unknown>>;
  /** A field that is left as it is: another operation takes the same there, and it is tried there. */
  readonly except?: string;
  /** Requests that come before it. */
  readonly after?: readonly ValidRequest[];
  /** Virtual seconds that pass before it, after those. */
  readonly wait?: number;
}
