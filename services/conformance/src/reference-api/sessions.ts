import { createHmac } from "node:crypto";

import { type Statement, statementsOf } from "../statement.ts";
import { headerOf, unless } from "../tools/ask.ts";
import type { World } from "../world.ts";
import { apiNeeds } from "./needs.ts";
import { Person, signedIn } from "./person.ts";

const protocol = statementsOf("reference api", "services/api/README.md", apiNeeds);
const variable = statementsOf("reference api", "docs/environment-variables.md", apiNeeds);

const wrong = async (world: World) => {
  const answer = await new Person(world).signIn("not the password of this account");
  return [
    unless(401, answer, "a wrong password"),
    answer.headers["set-cookie"] !== undefined && "a wrong password is given a cookie",
  ];
};

/** Signs somebody in, and keeps the answer. */
const session = (world: World) =>
  world.once("session", async () => {
    const person = new Person(world);
    return { person, answer: await person.signIn() };
  });

async function cookie(world: World) {
  const { answer } = await session(world);
  const answered = headerOf(answer, "set-cookie");
  const wanted = ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"];
  return [
    unless(200, answer, "the account"),
    !answered.startsWith("__Host-") &&
      `expected a name that begins with __Host-: ${answered.split("=")[0] ?? ""}`,
    ...wanted.map((one) => !answered.split("; ").includes(one) && `the cookie lacks ${one}`),
  ];
}

/** The parts of a JWT. */
function readToken(token: string) {
  const [head = "", claims = ""] = token.split(".");
  const read = (part: string) =>
    JSON.parse(Buffer.from(part, "base64url").toString() || "{}") as Readonly<
      Record<string, unknown>
    >;
  return { head: read(head), claims: read(claims) };
}

async function lifetimes(world: World) {
  const { answer } = await session(world);
  const access = Number(world.variable("ACCESS_TOKEN_TTL_SECONDS"));
  const refresh = world.variable("REFRESH_TOKEN_TTL_SECONDS");
  const { claims } = readToken(String(answer.json.accessToken));
  const [lives, answered] = [
    Number(claims.exp) - Number(claims.iat),
    headerOf(answer, "set-cookie"),
  ];
  return [
    answer.json.expiresIn !== access &&
      `expiresIn: expected ${access}, answered ${String(answer.json.expiresIn)}`,
    lives !== access && `the token lives for ${lives} s, ACCESS_TOKEN_TTL_SECONDS is ${access}`,
    !answered.includes(`Max-Age=${refresh}`) &&
      `expected a cookie for ${refresh} s: ${answered.replace(/=[^;]*/, "=…")}`,
  ];
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function forged(world: World) {
  const { person, answer } = await session(world);
  const token = String(answer.json.accessToken);
  const { head, claims } = readToken(token);
  const signed = (header: unknown, key: string) => {
    const text = `${base64(header)}.${base64(claims)}`;
    return `${text}.${key && createHmac("sha256", key).update(text).digest("base64url")}`;
  };
  const forgeries = {
    "no token": "",
    "a token of another key": signed(head, "k".repeat(64)),
    "a token of an empty key": signed({ ...head, kid: "C" }, ""),
    "a token without a signature": signed({ ...head, alg: "none" }, ""),
    "a changed token": token.replace(
      /\.[^.]*\./,
      `.${base64({ ...claims, exp: Number(claims.exp) + 60 })}.`,
    ),
  };
  const asked = Object.entries(forgeries).map(async ([what, value]) => {
    const headers: Record<string, string> = value
      ? { authorization: `Bearer ${value}` }
      : { authorization: "" };
    const refused = await new Person(world).call("GET", "/api/assets", { headers });
    return unless(401, refused, what);
  });
  const own = await person.call("GET", "/api/assets");
  return [...(await Promise.all(asked)), unless(200, own, "its own token")];
}

async function refreshed(world: World) {
  const person = new Person(world);
  await person.signIn();
  const before = person.cookie;
  const answer = await person.refresh();
  return [
    unless(200, answer, "a refresh by the cookie"),
    person.cookie === before && "the cookie was not replaced",
    unless(401, await new Person(world).refresh(), "a refresh without a cookie"),
  ];
}

async function signedOut(world: World) {
  const person = new Person(world);
  await person.signIn();
  const answer = await person.call("DELETE", "/api/session");
  return [
    unless(204, answer, "signing out"),
    unless(401, await person.refresh(), "a refresh after signing out"),
  ];
}

async function foreign(world: World) {
  const person = await signedIn(world);
  const [own = ""] = world.variable("ALLOWED_ORIGINS").split(",");
  const begin = (origin: string) =>
    person.call("POST", "/api/uploads", {
      body: { fileName: "a.mov", size: 10 },
      headers: { origin },
    });
  return [
    unless(201, await begin(own.trim()), `a page of ${own}`),
    unless(403, await begin("https://elsewhere.example"), "a page of another origin"),
  ];
}

/** Sessions of the reference API. */
export const sessionStatements: readonly Statement[] = [
  protocol({
    id: "api-wrong-password",
    statement: "a wrong password is refused, and given nothing",
    words: "401 `wrong-credentials`",
    check: wrong,
  }),
  protocol({
    id: "api-cookie",
    statement: "the refresh cookie is for this host, its server and its pages alone",
    words: "A refresh token is a cookie that is replaced at each use",
    check: cookie,
  }),
  variable({
    id: "api-lifetimes",
    statement: "access tokens and sessions live as long as the variables say",
    words: "Lifetime of access tokens.",
    needs: ["ACCESS_TOKEN_TTL_SECONDS", "REFRESH_TOKEN_TTL_SECONDS"],
    check: lifetimes,
  }),
  protocol({
    id: "api-forged",
    statement: "tokens that nobody signed, or another key, are refused",
    words: "An access token is a JWT whose `kid` names the slot of its key",
    check: forged,
  }),
  protocol({
    id: "api-refresh",
    statement: "a session goes on by its cookie, which is replaced",
    words: "by the cookie alone: the same answer, and a new cookie",
    check: refreshed,
  }),
  protocol({
    id: "api-sign-out",
    statement: "a session that was ended is not continued",
    words: "204; the session is over",
    check: signedOut,
  }),
  variable({
    id: "api-foreign-origin",
    statement: "pages of other origins may change nothing",
    words: "Origins that may call the API with credentials",
    needs: ["ALLOWED_ORIGINS"],
    check: foreign,
  }),
];
