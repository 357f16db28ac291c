import { forbidden, unauthorized } from "./errors.ts";

/**
 * What a token may do: everything, everything that only reads, or the named scopes such as `app:read` and
 * `database:create`. Source: docs.digitalocean.com/reference/api/scopes.
 */
type TokenScopes = "full" | "read" | readonly string[];

/** A personal access token that the account has. */
export interface ApiToken {
  /** What a client sends as bearer. */
  readonly value: string;
  readonly scopes: TokenScopes;
}

const allows = (scopes: TokenScopes, scope: string): boolean => {
  if (scopes === "full") return true;
  return scopes === "read" ? scope.endsWith(":read") : scopes.includes(scope);
};

/**
 * Finds the token of a request.
 *
 * @param authorization the header of that name.
 * @throws ApiError 401 when there is none or the account does not have it.
 */
export function authenticate(
  authorization: string | undefined,
  tokens: readonly ApiToken[],
): ApiToken {
  const [, bearer] = /^Bearer (\S+)$/i.exec(authorization ?? "") ?? [];
  const token = tokens.find(({ value }) => value === bearer);
  if (!token) throw unauthorized();
  return token;
}

/**
 * Checks that a token may make a call.
 *
 * @throws ApiError 403 naming the scope that is missing.
 */
export function authorize({ scopes }: ApiToken, scope: string): void {
  if (!allows(scopes, scope)) {
    throw forbidden(
      `You are missing the required permission ${scope} to perform this action on the requested resource.`,
    );
  }
}
