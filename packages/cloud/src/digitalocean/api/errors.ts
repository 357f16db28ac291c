/**
 * An error as DigitalOcean answers it: `{id, message, request_id}` with a status. Handlers throw it, the server writes
 * it. Source: DigitalOcean API description, `shared/models/error.yml` and `shared/responses`.
 */
export class ApiError extends Error {
  readonly status: number;
  readonly id: string;

  constructor(status: number, id: string, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.id = id;
  }
}

/** An error of a part of the API that writes errors in another shape. */
export class ForeignError extends ApiError {
  readonly contentType: string;
  readonly body: string;

  constructor(status: number, contentType: string, body: string) {
    super(status, "foreign", body);
    this.name = "ForeignError";
    this.contentType = contentType;
    this.body = body;
  }
}

/** 400: the request cannot be accepted as it is. */
export const badRequest = (message: string) => new ApiError(400, "bad_request", message);

/** 401: no token, or one that the account does not have. */
export const unauthorized = () => new ApiError(401, "unauthorized", "Unable to authenticate you.");

/** 403: the token's scopes, or the platform's rules, do not allow it. */
export const forbidden = (message = "You do not have permission to perform this action.") =>
  new ApiError(403, "forbidden", message);

/** 404: nothing has that id. */
export const notFound = (message = "The resource you were accessing could not be found.") =>
  new ApiError(404, "not_found", message);

/** 409: it contradicts something that exists. */
export const conflict = (message: string) => new ApiError(409, "conflict", message);

/** 412: it is possible, but not in the present state. */
export const preconditionFailed = (message: string) =>
  new ApiError(412, "precondition_failed", message);

/** 422: it is understood and refused. */
export const unprocessable = (message: string) =>
  new ApiError(422, "unprocessable_entity", message);

/** 429: the token's requests for this hour or minute are used up. */
export const tooManyRequests = () =>
  new ApiError(429, "too_many_requests", "API rate limit exceeded.");

/**
 * 501: the real platform can do it, the rehearsal does not play it. Unlike the other errors this one says something
 * about the rehearsal, so the server also keeps it as a finding.
 */
export const notImplemented = (what: string) =>
  new ApiError(501, "not_implemented", `The rehearsal cloud does not play ${what}.`);
