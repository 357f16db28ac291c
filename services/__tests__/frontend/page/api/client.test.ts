import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError, SessionEnded, Unreachable } from "../../../../frontend/page/api/errors.ts";
import { aClient, aSession } from "../../support/api.ts";

const ended = [401, { error: { code: "session-ended", message: "Sign in again." } }] as const;

test("signs in, and asks with the token that it got", async (t) => {
  const { client, requests, sessions } = await aClient(t, ({ what }) =>
    what === "POST /session" ? [200, aSession("first")] : [200, { items: [] }],
  );

  await client.signIn("ada@example.com", "secret");
  await client.call("/assets");

  assert.deepEqual(requests[0]?.body, { email: "ada@example.com", password: "secret" });
  assert.deepEqual(
    requests.map(({ what, token }) => [what, token]),
    [
      ["POST /session", undefined],
      ["GET /assets", "first"],
    ],
  );
  assert.equal(sessions.at(-1)?.user.email, "ada@example.com");
});

test("renews the session once for all who ask at the same time: a refresh token may be used once", async (t) => {
  const { client, requests } = await aClient(t, ({ what }) =>
    what === "POST /session/refresh" ? [200, aSession("first")] : [200, {}],
  );

  await Promise.all(["/a", "/b", "/c"].map((path) => client.call(path)));

  const renewals = requests.filter(({ what }) => what === "POST /session/refresh");
  assert.equal(renewals.length, 1);
  assert.deepEqual(new Set(requests.slice(1).map(({ token }) => token)), new Set(["first"]));
});

test("renews a token that the API no longer takes, and asks again with the new one", async (t) => {
  let renewals = 0;
  const { client, requests } = await aClient(t, ({ what, token }) => {
    if (what === "POST /session/refresh") return [200, aSession(`token-${++renewals}`)];
    return token === "token-1" ? ended : [200, { ok: true }];
  });

  assert.deepEqual(await client.call("/assets"), { ok: true });
  assert.deepEqual(
    requests.map(({ what }) => what),
    ["POST /session/refresh", "GET /assets", "POST /session/refresh", "GET /assets"],
  );
});

test("renews before the token ends, and not with each request", async (t) => {
  let life = 600;
  const { client, requests } = await aClient(t, ({ what }) =>
    what === "POST /session/refresh" ? [200, aSession("token", life)] : [200, {}],
  );
  const renewals = () => requests.filter(({ what }) => what === "POST /session/refresh").length;

  await client.call("/a");
  await client.call("/b");
  assert.equal(renewals(), 1);

  life = 0;
  await client.renew();
  await client.call("/c");
  assert.equal(renewals(), 3);
});

test("says that the session has ended when it cannot be renewed, and that nobody is signed in", async (t) => {
  const { client, sessions } = await aClient(t, () => ended);

  await assert.rejects(client.call("/assets"), SessionEnded);
  assert.deepEqual(sessions, [undefined]);
});

test("does not take an API that is away for the end of the session", async (t) => {
  const { client, sessions } = await aClient(t, () => [503, {}]);

  await assert.rejects(client.call("/assets"), ApiError);
  assert.deepEqual(sessions, []);
});

test("tells a refusal in the API's words, with the wait that it asks for", async (t) => {
  const { client } = await aClient(t, ({ what }) =>
    what === "POST /session/refresh"
      ? [200, aSession("first")]
      : [429, { error: { code: "too-many-requests", message: "Wait." } }, { "retry-after": "7" }],
  );

  await assert.rejects(client.call("/assets"), (error) => {
    assert.ok(error instanceof ApiError);
    assert.equal(error.status, 429);
    assert.equal(error.code, "too-many-requests");
    assert.equal(error.message, "Wait.");
    assert.equal(error.retryAfterSeconds, 7);
    return true;
  });
});

test("takes a refusal that is no JSON, such as a balancer's, for what its status says", async (t) => {
  const { client } = await aClient(t, (_seen, response) => {
    response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
    return undefined;
  });

  await assert.rejects(
    client.renew(),
    (error) => error instanceof ApiError && error.status === 502,
  );
});

test("takes an answer that breaks off for none", async (t) => {
  const { client } = await aClient(t, (_seen, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("{");
    setImmediate(() => response.destroy());
    return undefined;
  });

  await assert.rejects(client.renew(), Unreachable);
});

test("signs out, and forgets the token", async (t) => {
  const { client, requests, sessions } = await aClient(t, ({ what }) => {
    if (what === "DELETE /session") return [204];
    return what === "POST /session" ? [200, aSession("first")] : ended;
  });
  await client.signIn("ada@example.com", "secret");

  await client.signOut();

  assert.equal(requests.at(-1)?.token, "first");
  assert.equal(sessions.at(-1), undefined);
  await assert.rejects(client.call("/assets"), SessionEnded);
});
