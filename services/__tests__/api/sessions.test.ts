import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { ErrorView } from "./support/files.ts";
import { needs } from "./support/needs.ts";
import { Person, signedIn } from "./support/person.ts";
import {
  type Instance,
  type Platform,
  account,
  pageOrigin,
  startPlatform,
} from "../../local/platform.ts";
import { until } from "../../local/wait.ts";

describe("sessions", needs, () => {
  let platform: Platform;
  let api: Instance;
  before(async () => {
    platform = await startPlatform();
    api = await platform.start();
  });
  after(() => platform.close());

  const age = (seconds: number) =>
    platform.database.server.query(
      `update refresh_tokens set replaced_at = replaced_at - make_interval(secs => ${seconds})`,
      [],
      "defaultdb",
    );

  test("a person signs in by address and password, whatever the case of the address", async () => {
    const person = new Person(api.url);
    const answer = await person.call<{
      accessToken: string;
      expiresIn: number;
      user: { email: string };
    }>("POST", "/api/session", {
      body: { email: ` ${account.email.toUpperCase()} `, password: account.password },
    });

    assert.equal(answer.status, 200);
    assert.equal(answer.body.expiresIn, 900);
    assert.equal(answer.body.user.email, account.email);
    const [cookie = ""] = answer.headers.getSetCookie();
    assert.match(
      cookie,
      /^__Host-refresh=[^;]+; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    assert.equal(answer.headers.get("cache-control"), "no-store");
  });

  test("a wrong password and an unknown address get the same answer", async () => {
    const person = new Person(api.url);
    const wrong = await person.signIn("not the password at all");
    const unknown = await person.call("POST", "/api/session", {
      body: { email: "nobody@example.com", password: account.password },
    });

    assert.deepEqual([wrong.status, unknown.status], [401, 401]);
    assert.deepEqual(unknown.body, wrong.body);
  });

  test("a session is continued by its cookie, though the Authorization header is out of date", async () => {
    const person = await signedIn(api.url);
    const first = person.cookie;
    person.token = "out.of.date";

    assert.equal((await person.refresh()).status, 200);
    assert.notEqual(person.cookie, first);
    assert.equal((await person.call("GET", "/api/session")).status, 200);
  });

  test("two tabs that refresh at once both stay signed in", async () => {
    const person = await signedIn(api.url);
    const [a, b] = [new Person(api.url), new Person(api.url)];
    a.cookie = b.cookie = person.cookie;

    assert.deepEqual(
      (await Promise.all([a.refresh(), b.refresh()])).map(({ status }) => status),
      [200, 200],
    );
    assert.equal((await a.refresh()).status, 200);
    assert.equal((await b.refresh()).status, 200);
  });

  test("a refresh token that was replaced long ago ends the session of whoever has its successor", async () => {
    const person = await signedIn(api.url);
    const stolen = new Person(api.url);
    stolen.cookie = person.cookie;
    await person.refresh();
    await age(61);

    const reused = await stolen.refresh();
    assert.equal(reused.status, 401);
    assert.match(
      reused.headers.getSetCookie()[0] ?? "",
      /^__Host-refresh=; .*Expires=Thu, 01 Jan 1970/,
    );
    assert.equal((await person.refresh()).status, 401);
    assert.equal((await person.call("GET", "/api/session")).status, 401);
  });

  test("signing out ends the session, by cookie or by token", async () => {
    const byCookie = await signedIn(api.url);
    const byToken = await signedIn(api.url);
    const kept = byToken.cookie;
    byCookie.token = "out.of.date";
    byToken.cookie = "";

    assert.equal((await byCookie.call("DELETE", "/api/session")).status, 204);
    assert.equal((await byToken.call("DELETE", "/api/session")).status, 204);
    byToken.cookie = kept;
    assert.equal((await byCookie.refresh()).status, 401);
    assert.equal((await byToken.refresh()).status, 401);
  });

  test("an access token counts for its lifetime and the clock's tolerance, and no longer", async () => {
    const strict = await platform.start({ ACCESS_TOKEN_TTL_SECONDS: "1" });
    const person = await signedIn(strict.url);
    const call = async (url: string) => {
      person.url = url;
      return (await person.call("GET", "/api/assets")).status;
    };
    const tolerant = await platform.start({ CLOCK_SKEW_SECONDS: "60" });
    await until("the token's end", async () => (await call(strict.url)) === 401);

    assert.equal(await call(tolerant.url), 200);
  });

  test("a token that is unsigned, or names a slot without a key, is refused", async () => {
    const onlyA = await platform.start({ JWT_SECRET_B: "" });
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = part({ sub: "a", sid: "b", exp: 4_000_000_000 });
    const person = new Person(onlyA.url);
    const status = async (token: string) =>
      (await person.call("GET", "/api/assets", { token })).status;

    assert.equal(await status(`${part({ alg: "none", kid: "A" })}.${claims}.`), 401);
    assert.equal(
      await status(`${part({ alg: "HS256", kid: "B" })}.${claims}.${"A".repeat(43)}`),
      401,
    );
    assert.equal(await status("nonsense"), 401);
  });

  test("keys of tokens and cookies are replaced while everybody stays signed in", async () => {
    const person = await signedIn(api.url);
    const switched = await platform.start({ JWT_SECRET_ACTIVE: "B", COOKIE_SECRET_ACTIVE: "B" });
    const withoutA = await platform.start({
      JWT_SECRET_ACTIVE: "B",
      COOKIE_SECRET_ACTIVE: "B",
      JWT_SECRET_A: "x".repeat(64),
      COOKIE_SECRET_A: "y".repeat(64),
    });
    const old = { token: person.token, cookie: person.cookie };

    person.url = switched.url;
    assert.equal((await person.call("GET", "/api/assets")).status, 200);
    assert.equal((await person.refresh()).status, 200);
    // What the old slot signed is worth nothing once its key is gone; what was renewed is.
    person.url = withoutA.url;
    assert.equal((await person.call("GET", "/api/assets")).status, 200);
    assert.equal((await person.call("GET", "/api/assets", { token: old.token })).status, 401);
    const stale = new Person(withoutA.url);
    stale.cookie = old.cookie;
    assert.equal((await stale.refresh()).status, 401);
    assert.equal((await person.refresh()).status, 200);
    // And back: an instance of the release before still verifies it.
    person.url = api.url;
    assert.equal((await person.call("GET", "/api/assets")).status, 200);
    assert.equal((await person.refresh()).status, 200);
  });

  test("pages of other origins may not call with a person's cookie", async () => {
    const person = await signedIn(api.url);
    const refresh = async (headers: Record<string, string>) => {
      const { status, body } = await person.call<ErrorView>("POST", "/api/session/refresh", {
        headers,
      });
      return status === 403 ? body.error.code : status;
    };

    assert.equal(
      await refresh({ origin: "https://evil.example", "sec-fetch-site": "cross-site" }),
      "foreign-origin",
    );
    assert.equal(await refresh({ origin: "null" }), "foreign-origin");
    // The app's default address is in no list; the browser says that page and api are one origin.
    assert.equal(
      await refresh({
        origin: "https://mam-x.ondigitalocean.app",
        "sec-fetch-site": "same-origin",
      }),
      200,
    );
    assert.equal(await refresh({ origin: pageOrigin }), 200);
  });

  test("with several origins the api answers CORS with credentials, with one it leaves it to the ingress", async () => {
    const other = "https://review.example";
    const several = await platform.start({ ALLOWED_ORIGINS: `${pageOrigin},${other}` });
    const preflight = (url: string, origin: string) =>
      fetch(`${url}/api/session`, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "DELETE",
          "access-control-request-headers": "authorization",
        },
      });
    const allowed = await preflight(several.url, other);

    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers.get("access-control-allow-origin"), other);
    assert.equal(allowed.headers.get("access-control-allow-credentials"), "true");
    assert.match(allowed.headers.get("access-control-allow-methods") ?? "", /DELETE/);
    const foreign = await preflight(several.url, "https://evil.example");
    assert.equal(foreign.headers.get("access-control-allow-origin"), null);
    const single = await preflight(api.url, pageOrigin);
    assert.equal(single.headers.get("access-control-allow-origin"), null);
    const answered = await fetch(`${several.url}/api/assets`, { headers: { origin: other } });
    assert.match(
      answered.headers.get("access-control-expose-headers") ?? "",
      /retry-after.*x-ratelimit-reset/,
    );
  });

  test("no secret and no address with a secret is in a log line", () => {
    const lines = api.process.lines();
    const text = JSON.stringify(lines);

    assert.ok(lines.some(({ route }) => route === "/api/session/refresh"));
    for (const secret of [account.password, "__Host-refresh", "Bearer", "eyJ", "a".repeat(64)])
      assert.ok(!text.includes(secret), secret);
  });
});
