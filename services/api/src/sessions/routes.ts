import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Pool } from "pg";
import { z } from "zod";

import { RequestError } from "@mam-services/common/errors";
import { parse } from "../http/parse.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { type Account, findByEmail, findBySession } from "./accounts.ts";
import { bearerOf, unauthorised } from "./authentication.ts";
import { isPassword } from "./passwords.ts";
import {
  type SessionToken,
  endSession,
  endSessionOf,
  openSession,
  rotateToken,
} from "./refresh-tokens.ts";

/** What the routes of sessions need. */
export interface SessionRoutes {
  readonly database: Pool;
  readonly tokens: AccessTokens;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** Answers 429 when an address tries an account too often. */
  readonly limitSignIns: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

/** `__Host-` makes browsers refuse it from another host, without Secure, or for a part of the paths. */
const cookie = "__Host-refresh";

const credentials = z.strictObject({
  email: z.string().min(3).max(254),
  password: z.string().min(1).max(1024),
});

/** Sign-in, refresh, who am I, sign-out. */
export function sessionRoutes(server: FastifyInstance, options: SessionRoutes): void {
  const { database, tokens, limitSignIns } = options;

  server.post("/api/session", { preHandler: limitSignIns }, async (request, reply) => {
    const { email, password } = parse(credentials, request.body);
    const account = await findByEmail(database, email);
    if (!(await isPassword(password, account?.passwordHash)) || !account)
      throw new RequestError(401, "wrong-credentials", "The address or the password is wrong.");
    const session = await openSession(database, account.id, options.refreshTokenSeconds);
    return answer(reply, options, session, account);
  });

  // The cookie alone counts: a page that refreshes has an Authorization header that is out of date.
  server.post("/api/session/refresh", async (request, reply) => {
    const old = refreshTokenOf(request);
    const session = old && (await rotateToken(database, old, options.refreshTokenSeconds));
    if (session === "reused") request.log.warn("refresh token reused");
    const account =
      typeof session === "object" ? await findBySession(database, session.sessionId) : undefined;
    if (typeof session !== "object" || !account) {
      void forget(reply);
      throw new RequestError(401, "session-ended", "The session has ended. Sign in again.");
    }
    return answer(reply, options, session, account);
  });

  server.get("/api/session", async (request) => {
    const caller = tokens.verify(bearerOf(request) ?? "");
    const account = caller && (await findBySession(database, caller.sessionId));
    if (!account) throw unauthorised();
    return { user: publicAccount(account) };
  });

  server.delete("/api/session", async (request, reply) => {
    const token = refreshTokenOf(request);
    const caller = token === undefined ? tokens.verify(bearerOf(request) ?? "") : undefined;
    if (token !== undefined) await endSessionOf(database, token);
    if (caller) await endSession(database, caller.sessionId);
    return forget(reply).status(204).send();
  });
}

const publicAccount = ({ id, email }: Account) => ({ id, email });

function answer(
  reply: FastifyReply,
  { tokens, accessTokenSeconds, refreshTokenSeconds }: SessionRoutes,
  session: SessionToken,
  account: Account,
) {
  void reply.setCookie(cookie, session.token, { ...attributes, maxAge: refreshTokenSeconds });
  return {
    accessToken: tokens.sign(session),
    expiresIn: accessTokenSeconds,
    user: publicAccount(account),
  };
}

const attributes = {
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "strict",
  signed: true,
} as const;

const forget = (reply: FastifyReply) => reply.clearCookie(cookie, { ...attributes, signed: false });

/** The token in the cookie, if one of the two cookie secrets signed it. */
function refreshTokenOf(request: FastifyRequest): string | undefined {
  const { valid, value } = request.unsignCookie(request.cookies[cookie] ?? "");
  return valid ? value : undefined;
}
