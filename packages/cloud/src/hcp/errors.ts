/** Titles of the statuses that the API answers with (developer.hashicorp.com, cloud-docs/api-docs). */
const titles = {
  400: "bad request",
  401: "unauthorized",
  404: "not found",
  409: "conflict",
  422: "unprocessable entity",
} as const;

/** An answer that is no success. */
export class HcpError extends Error {
  readonly status: keyof typeof titles;
  /** Whether the caller asked for what the service does not have, so that a rehearsal has failed. */
  readonly isFinding: boolean;

  constructor(status: keyof typeof titles, detail: string, isFinding = false) {
    super(detail);
    this.name = "HcpError";
    this.status = status;
    this.isFinding = isFinding;
  }
}

/** Errors as JSON:API writes them. */
export function errorDocument(status: number, detail: string): string {
  const title = Object.entries(titles).find(([code]) => Number(code) === status)?.[1] ?? "error";
  return JSON.stringify({ errors: [{ status: String(status), title, detail }] });
}

/** Somebody asks for what is not there, or what the token may not see: the API tells neither from the other. */
export const notFound = () => new HcpError(404, "Resource not found");
