import type { FastifyInstance } from "fastify";
import { request } from "undici";

import { startClock } from "../../src/clock.ts";
import { Faults } from "../../src/faults.ts";
import { RequestLog } from "../../src/request-log.ts";
import { Spool } from "../../src/s3/bodies/spool.ts";
import { createPlatformServer, listenOnLoopback } from "../../src/platform-server.ts";
import { objectListingOperations } from "../../src/s3/operations/object-listings.ts";
import { objectOperations } from "../../src/s3/operations/objects.ts";
import type { Operation } from "../../src/s3/operations/operation.ts";
import { type S3Service, serveS3 } from "../../src/s3/service.ts";
import { errorXml } from "../../src/s3/errors.ts";
import { verifier } from "./signature/signer.ts";
import { TestS3 } from "./support.ts";

const broken: Operation = {
  name: "Broken",
  method: "GET",
  level: "bucket",
  selectors: ["broken"],
  permissions: () => [],
  run() {
    throw new Error("a defect");
  },
};

const running: FastifyInstance[] = [];

afterAll(async () => {
  await Promise.all(running.map((server) => server.close()));
});

/** A server that lets everybody do everything but delete. */
function serve(overrides: Partial<S3Service> = {}) {
  const s3 = new TestS3();
  s3.bucket("media").cors = [
    {
      AllowedOrigin: ["https://app.example"],
      AllowedMethod: ["PUT", "GET"],
      AllowedHeader: ["*"],
      ExposeHeader: ["ETag"],
    },
  ];
  const findings: string[] = [];
  const requestLog = new RequestLog();
  const context = { clock: startClock(), requestLog, faults: new Faults() };
  const server = createPlatformServer("spaces", context, {
    dump: () => "the state",
    errorBody: (_status, message) => ({
      contentType: "application/xml",
      body: errorXml({ code: "x", message }, "", ""),
    }),
  });
  serveS3(server, {
    host: s3.host,
    operations: [...objectOperations, ...objectListingOperations, broken],
    refusals: new Map([["website", { code: "NotImplemented" }]]),
    clock: context.clock,
    verifier,
    acceptsTrailers: true,
    spool: new Spool(),
    limits: { object: 1000, document: 100 },
    authorise: () => (permission) =>
      permission.action === "s3:DeleteObject"
        ? { allowed: false, reason: "Not you." }
        : { allowed: true },
    onFinding: (finding) => findings.push(finding),
    ...overrides,
  });
  running.push(server);
  const listening = listenOnLoopback(server);
  const send = async (
    method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "PATCH",
    url: string,
    headers: Record<string, string> = {},
    payload?: string,
  ) => {
    const answer = await request(`${(await listening).url}${url}`, {
      method,
      headers,
      ...(payload !== undefined && { body: payload }),
    });
    return { ...answer, body: await answer.body.text() };
  };
  return { send, findings, requestLog };
}

test("bytes go in and come out as they are, whatever their content type says", async () => {
  const { send } = serve();
  const body = '{"not": "parsed" ';
  await send("PUT", "/media/a.json", { "content-type": "application/json" }, body);
  const got = await send("GET", "/media/a.json");

  expect(got.body).toBe(body);
  expect(got.headers["content-type"]).toBe("application/json");
  expect(got.headers["x-amz-request-id"]).toMatch(/^[0-9A-F]{16}$/);
});

test("HEAD tells the length and sends nothing", async () => {
  const { send } = serve();
  await send("PUT", "/media/a", {}, "12345");
  const head = await send("HEAD", "/media/a");
  expect([head.headers["content-length"], head.body]).toEqual(["5", ""]);
  const missing = await send("HEAD", "/media/none");
  expect([missing.statusCode, missing.body]).toEqual([404, ""]);
});

test("an error is S3's XML with the id of the request", async () => {
  const { send } = serve();
  const missing = await send("GET", "/media/none");
  expect(missing.statusCode).toBe(404);
  expect(missing.body).toContain("<Code>NoSuchKey</Code>");
  expect(missing.body).toContain(
    `<RequestId>${String(missing.headers["x-amz-request-id"])}</RequestId>`,
  );
});

test("what is not allowed is not done, and the answer says why", async () => {
  const { send } = serve();
  await send("PUT", "/media/a", {}, "x");
  const refused = await send("DELETE", "/media/a");
  expect([refused.statusCode, refused.body]).toEqual([
    403,
    expect.stringContaining("<Message>Not you.</Message>"),
  ]);
  expect((await send("GET", "/media/a")).statusCode).toBe(200);
});

test("a bucket that is not there is told before anything else", async () => {
  expect((await serve().send("DELETE", "/none/a")).body).toContain("<Code>NoSuchBucket</Code>");
});

test("the unknown is refused by name and reported; a known refusal is only refused", async () => {
  const { send, findings } = serve();
  expect((await send("PUT", "/media/a?torrent")).statusCode).toBe(501);
  expect(
    (await send("PUT", "/media/a", { "x-amz-server-side-encryption": "AES256" })).statusCode,
  ).toBe(501);
  expect((await send("PATCH", "/media/a")).statusCode).toBe(405);
  expect((await send("GET", "/media?website")).statusCode).toBe(501);
  expect(findings).toEqual([
    "PUT /media/a?torrent: PutObject does not know the query parameter torrent.",
    "PutObject does not know the header x-amz-server-side-encryption.",
    "PATCH /media/a: the method is not known here.",
  ]);
});

test("a defect is a 500 without its inside, and is reported", async () => {
  const { send, findings } = serve();
  const failed = await send("GET", "/media?broken");
  expect(failed.statusCode).toBe(500);
  expect(failed.body).not.toContain("defect");
  expect(findings).toEqual(["GET /media: a defect"]);
});

test("a body beyond the limit is refused in S3's words", async () => {
  const { send } = serve();
  expect((await send("PUT", "/media/a", {}, "x".repeat(1001))).body).toContain(
    "<Code>EntityTooLarge</Code>",
  );
});

test("a browser's preflight is answered by the bucket's rules", async () => {
  const { send } = serve();
  const ask = (method: string) =>
    send("OPTIONS", "/media/a", {
      origin: "https://app.example",
      "access-control-request-method": method,
    });
  const allowed = await ask("PUT");
  expect([allowed.statusCode, allowed.headers["access-control-allow-origin"]]).toEqual([
    200,
    "https://app.example",
  ]);
  expect((await ask("DELETE")).statusCode).toBe(403);
});

test("answers to a page carry what lets it read them, errors too", async () => {
  const { send } = serve();
  const origin = { origin: "https://app.example" };
  const put = await send("PUT", "/media/a", origin, "x");
  expect(put.headers["access-control-expose-headers"]).toBe("ETag");
  expect((await send("GET", "/media/none", origin)).headers["access-control-allow-origin"]).toBe(
    "https://app.example",
  );
  expect((await send("GET", "/media/a")).headers).not.toHaveProperty("access-control-allow-origin");
});

test("the owner that a client expects must be the owner", async () => {
  const { send } = serve();
  const expecting = (owner: string) =>
    send("GET", "/media", { "x-amz-expected-bucket-owner": owner });
  expect([(await expecting("100000000001")).statusCode, (await expecting("2")).statusCode]).toEqual(
    [200, 403],
  );
});

test("the request log names the operation, and the state is beside the buckets", async () => {
  const { send, requestLog } = serve();
  await send("GET", "/media?list-type=2");
  expect(requestLog.entries()[0]).toMatchObject({
    action: "s3:ListObjectsV2",
    path: "/media",
    query: "list-type=2",
    status: 200,
  });
  expect((await send("GET", "/__state")).body).toBe("the state");
});

test("what should have happened by now happens before the request", async () => {
  const seen: Date[] = [];
  const { send } = serve({ beforeRequest: (now) => seen.push(now) });
  await send("GET", "/media");
  expect(seen).toHaveLength(1);
});
