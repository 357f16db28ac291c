import type { FastifyInstance, FastifyRequest } from "fastify";

import { RequestError } from "@mam-services/common/errors";
import type { AccessTokens, Caller } from "./access-tokens.ts";

const callers = new WeakMap<FastifyRequest, Caller>();

/** The token of an `Authorization: Bearer` header. */
export function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer ([^ ]+)$/i.exec(headers.authorization ?? "")?.[1];
}

/** Lets nobody in who has no valid access token. The routes of the server then know their caller. */
export function requireAccessToken(server: FastifyInstance, tokens: AccessTokens): void {
  server.addHook("preValidation", (request, _reply, done) => {
    const caller = tokens.verify(bearerOf(request) ?? "");
    if (caller) callers.set(request, caller);
    done(caller ? undefined : unauthorised());
  });
}

/** Who calls a route behind {@link requireAccessToken}. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (!caller) throw unauthorised();
  return caller;
}

/** The caller has to sign in, or to refresh. */
export function unauthorised(): RequestError {
  return new RequestError(401, "unauthorised", "Sign in, or refresh the session.");
}
