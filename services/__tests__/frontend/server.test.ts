import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { aFrontend, files, hosts } from "./support/frontend.ts";

const shared = `/s/1795694400/A/${"0".repeat(64)}/asset-1`;

test("says that it is well, and which release it is", async (t) => {
  const server = await aFrontend(t);

  const response = await server.inject("/api/health");

  assert.equal(response.statusCode, 200);
  assert.deepEqual(response.json(), {
    status: "ok",
    service: "frontend",
    release: "sha256:abc",
    checks: { page: "ok" },
  });
});

test("answers the addresses of the page with the page, and others with the page and 404", async (t) => {
  const server = await aFrontend(t);
  const accept = "text/html,application/xhtml+xml";
  const statusOf = async (url: string) => {
    const response = await server.inject({ url, headers: { accept } });
    assert.match(response.body, /<div id="page">/, url);
    return response.statusCode;
  };

  assert.equal(await statusOf("/"), 200);
  assert.equal(await statusOf("/assets/6a2b7c1e"), 200);
  assert.equal(await statusOf(shared), 200);
  assert.equal(await statusOf("/wp-login.php"), 404);
});

test("answers a program that asks for nothing of ours with an error in JSON", async (t) => {
  const server = await aFrontend(t);

  const response = await server.inject({ url: "/api/assets", headers: { accept: "*/*" } });

  assert.equal(response.statusCode, 404);
  assert.equal(response.json<{ error: { code: string } }>().error.code, "not-found");
});

test("tells the page its configuration, and names the files of this build", async (t) => {
  const server = await aFrontend(t, { environment: "</script><b>" });

  const { body } = await server.inject("/");

  const embedded = /id="configuration">(.*?)<\/script>/s.exec(body)?.[1] ?? "";
  assert.deepEqual(JSON.parse(embedded), {
    apiPath: "/api",
    edgeBase: hosts.media,
    environment: "</script><b>",
  });
  for (const file of Object.values(files)) assert.ok(body.includes(`"${file}"`), file);
});

test("lets the page speak to its own host, media and storage, and to nobody else", async (t) => {
  const server = await aFrontend(t);

  const { headers } = await server.inject("/");

  const policy = new Map(
    String(headers["content-security-policy"])
      .split("; ")
      .map((directive) => [directive.split(" ")[0], directive.split(" ").slice(1)]),
  );
  assert.deepEqual(policy.get("default-src"), ["'none'"]);
  assert.deepEqual(policy.get("script-src"), ["'self'"]);
  assert.deepEqual(policy.get("style-src"), ["'self'"]);
  assert.deepEqual(policy.get("img-src"), ["'self'", hosts.media]);
  assert.deepEqual(policy.get("media-src"), ["blob:", hosts.media]);
  assert.deepEqual(policy.get("connect-src"), ["'self'", hosts.media, hosts.storage]);
  assert.deepEqual(policy.get("frame-ancestors"), ["'none'"]);
});

test("tells no other host the address of a shared page, which is its key", async (t) => {
  const server = await aFrontend(t);

  const { headers } = await server.inject(shared);

  assert.equal(headers["referrer-policy"], "no-referrer");
  assert.equal(headers["x-robots-tag"], "noindex, nofollow");
});

test("has the page asked for each time, and answers 304 while it is the same", async (t) => {
  const server = await aFrontend(t);
  const first = await server.inject("/");

  const etag = String(first.headers.etag);
  const second = await server.inject({ url: "/", headers: { "if-none-match": etag } });

  assert.equal(first.headers["cache-control"], "no-cache");
  assert.equal(second.statusCode, 304);
  assert.equal(second.body, "");
  assert.equal(second.headers["cache-control"], "no-cache");
});

test("lets files be kept for a year, since their names change with their content", async (t) => {
  const server = await aFrontend(t);

  const response = await server.inject(files.script);

  assert.equal(response.statusCode, 200);
  assert.equal(response.body, "hello();");
  assert.equal(response.headers["cache-control"], "public, max-age=31536000, immutable");
});

test("does not let a file that is missing be kept", async (t) => {
  const server = await aFrontend(t);

  const response = await server.inject("/static/page-OLD.js");

  assert.equal(response.statusCode, 404);
  assert.equal(response.headers["cache-control"], "no-store");
});

test("sends files compressed to whoever takes them so, and says that answers differ by that", async (t) => {
  const server = await aFrontend(t);
  const headers = { "accept-encoding": "gzip" };

  const response = await server.inject({ url: files.script, headers });

  assert.equal(response.headers["content-encoding"], "gzip");
  assert.match(String(response.headers.vary), /accept-encoding/i);
  assert.equal(gunzipSync(response.rawPayload).toString(), "hello();");
  assert.match(String(response.headers["content-type"]), /javascript/);
});

test("serves nothing outside of its files", async (t) => {
  const server = await aFrontend(t);

  for (const url of ["/static/../names.json", "/static/%2e%2e/names.json", "/static/"]) {
    const response = await server.inject(url);
    assert.ok(response.statusCode >= 400, url);
    assert.doesNotMatch(response.body, /page-ABC/, url);
  }
});
