import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { pathsOfThePage } from "../../conformance/src/tools/links-page.ts";
import { type TestEdge, appOrigin, link, startEdge } from "./support/edge.ts";
import { type PreviewStorage, startPreviewStorage } from "./support/storage.ts";

const film = randomBytes(3_000_000);
const segment = randomBytes(700_000);
const growing = "#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXTINF:4,\n00000.ts\n";

let storage: PreviewStorage;
let edge: TestEdge;
before(async () => {
  storage = await startPreviewStorage();
  edge = await startEdge(storage.endpoint);
  await storage.put("asset-1/preview.mp4", film);
  await storage.put("asset-1/hls/720p/00000.ts", segment);
  await storage.put(
    "asset-1/hls/master.m3u8",
    "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n720p/playlist.m3u8\n",
  );
  await storage.put("asset-1/hls/720p/playlist.m3u8", growing);
  await storage.put("asset-1/hls/720p/whole.m3u8", `${growing}#EXT-X-ENDLIST\n`);
  for (const key of [
    "poster.jpg",
    "preview.json",
    "hls/init.m4s",
    "subtitles.vtt",
    "empty.mp4",
    "other.html",
  ])
    await storage.put(`asset-1/${key}`, key === "empty.mp4" ? "" : key);
  await storage.put("asset-2/poster.jpg", "another asset");
});
after(async () => {
  await edge.close();
  await storage.close();
});

const same = (one: Buffer, other: Buffer) => {
  assert.equal(one.length, other.length);
  assert.ok(one.equals(other));
};

test("a valid link gets the whole object, with its length and tag", async () => {
  const { status, headers, body } = await edge.ask(link("preview.mp4"));
  assert.equal(status, 200);
  same(body, film);
  assert.equal(headers["content-length"], "3000000");
  assert.equal(headers.etag, `"${createHash("md5").update(film).digest("hex")}"`);
  assert.equal(headers["accept-ranges"], "bytes");
  assert.ok(headers["last-modified"]);
});

for (const [key, type, keeping] of [
  ["preview.mp4", "video/mp4", /^private, max-age=\d+$/],
  ["hls/720p/00000.ts", "video/mp2t", /^private, max-age=\d+, immutable$/],
  ["hls/init.m4s", "video/iso.segment", /^private, max-age=\d+, immutable$/],
  ["poster.jpg", "image/jpeg", /^private, max-age=\d+$/],
  ["subtitles.vtt", "text/vtt; charset=utf-8", /^private, max-age=\d+$/],
  ["preview.json", "application/json; charset=utf-8", /^private, no-cache$/],
  ["hls/720p/playlist.m3u8", "application/vnd.apple.mpegurl", /^private, no-cache$/],
  ["hls/master.m3u8", "application/vnd.apple.mpegurl", /^private, no-cache$/],
  ["hls/720p/whole.m3u8", "application/vnd.apple.mpegurl", /^private, max-age=\d+$/],
  ["other.html", "application/octet-stream", /^private, no-cache$/],
] as const) {
  test(`${key} is ${type}, kept as ${keeping.source}`, async () => {
    const { status, headers } = await edge.ask(link(key));
    assert.equal(status, 200);
    assert.equal(headers["content-type"], type);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.match(headers["cache-control"] ?? "", keeping);
  });
}

test("nothing is kept longer than its link lives", async () => {
  const now = Math.floor(Date.now() / 1000);
  const age = async (expires: number) => {
    const { headers } = await edge.ask(link("poster.jpg", expires));
    return Number(/max-age=(\d+)/.exec(headers["cache-control"] ?? "")?.[1]);
  };
  const rest = await age(now + 100);
  assert.ok(rest > 90 && rest <= 100, String(rest));
  assert.equal(await age(now - 10), 0, "a link that counts only because clocks may differ");
});

for (const [key, object] of [
  ["preview.mp4", film],
  ["hls/720p/00000.ts", segment],
] as const) {
  const end = object.length - 1;
  for (const [range, first, last] of [
    ["bytes=0-", 0, end],
    ["bytes=0-0", 0, 0],
    ["bytes=100000-199999", 100_000, 199_999],
    [`bytes=${end - 9}-9999999`, end - 9, end],
    ["bytes=-10", end - 9, end],
    ["bytes=-9999999", 0, end],
    ["Bytes=5-6", 5, 6],
  ] as const) {
    test(`${range} of ${key} is answered with 206 and those bytes`, async () => {
      const { status, headers, body } = await edge.ask(link(key), { headers: { range } });
      assert.equal(status, 206);
      assert.equal(headers["content-range"], `bytes ${first}-${last}/${object.length}`);
      same(body, object.subarray(first, last + 1));
    });
  }
}

for (const key of ["preview.mp4", "hls/720p/00000.ts", "hls/720p/whole.m3u8"]) {
  test(`a range of ${key} of which nothing is there is 416, with the size`, async () => {
    const whole = await edge.ask(link(key));
    const { status, headers } = await edge.ask(link(key), { headers: { range: "bytes=9000000-" } });
    assert.equal(status, 416);
    assert.equal(headers["content-range"], `bytes */${whole.body.length}`);
  });
}

test("a range of an empty object is 416, and the object itself 200", async () => {
  assert.equal((await edge.ask(link("empty.mp4"), { headers: { range: "bytes=0-" } })).status, 416);
  assert.equal((await edge.ask(link("empty.mp4"))).status, 200);
});

for (const range of [
  "bytes=5-2",
  "pieces=0-1",
  "bytes=a-b",
  "bytes=",
  `bytes=${"0-0,".repeat(20)}0-0`,
  "bytes=0-9,5-12",
]) {
  test(`${range.slice(0, 20)} is no range that counts: the whole is sent`, async () => {
    const { status, body } = await edge.ask(link("preview.mp4"), { headers: { range } });
    assert.equal(status, 200);
    assert.equal(body.length, film.length);
  });
}

for (const key of ["preview.mp4", "hls/720p/00000.ts"]) {
  test(`several ranges of ${key} come in one multipart answer`, async () => {
    const object = key === "preview.mp4" ? film : segment;
    const range = "bytes=0-9,100-199,-5";
    const { status, headers, body } = await edge.ask(link(key), { headers: { range } });
    assert.equal(status, 206);
    const [, boundary] =
      /^multipart\/byteranges; boundary=(.+)$/.exec(headers["content-type"] ?? "") ?? [];
    const parts = body.toString("latin1").split(`\r\n--${boundary}`).slice(1, -1);
    assert.deepEqual(
      parts.map((part) => part.split("\r\n\r\n").slice(1).join("\r\n\r\n")),
      [object.subarray(0, 10), object.subarray(100, 200), object.subarray(-5)].map((part) =>
        part.toString("latin1"),
      ),
    );
    assert.match(parts[1] ?? "", new RegExp(`Content-Range: bytes 100-199/${object.length}`));
  });
}

test("HEAD has the headers of GET, and storage is not asked for the object", async () => {
  await storage.put("asset-1/headed.mp4", film);
  const { status, headers, body } = await edge.ask(link("headed.mp4"), { method: "HEAD" });
  assert.equal(status, 200);
  assert.equal(headers["content-length"], "3000000");
  assert.equal(headers["content-type"], "video/mp4");
  assert.equal(body.length, 0);
  assert.deepEqual(storage.requests("asset-1/headed.mp4"), ["HEAD 200"]);
});

for (const key of ["preview.mp4", "hls/720p/00000.ts", "hls/720p/playlist.m3u8"]) {
  test(`a viewer who has ${key} is told that it is unchanged`, async () => {
    const { headers } = await edge.ask(link(key));
    const etag = headers.etag ?? "";
    const modified = headers["last-modified"] ?? "";
    const status = async (asked: Record<string, string>, method = "GET") => {
      const answer = await edge.ask(link(key), { headers: asked, method });
      if (answer.status === 304) {
        assert.equal(answer.body.length, 0);
        assert.equal(answer.headers.etag, etag);
      }
      return answer.status;
    };
    assert.equal(await status({ "if-none-match": etag }), 304);
    assert.equal(await status({ "if-none-match": etag }, "HEAD"), 304);
    assert.equal(await status({ "if-none-match": `"other", W/${etag}` }), 304);
    assert.equal(await status({ "if-none-match": '"other"' }), 200);
    assert.equal(await status({ "if-modified-since": modified }), 304);
    assert.equal(await status({ "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT" }), 200);
    assert.equal(await status({ "if-none-match": '"other"', "if-modified-since": modified }), 200);
    assert.equal(await status({ "if-match": '"other"' }), 412);
    assert.equal(await status({ "if-match": etag }), 200);
    assert.equal(await status({ "if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT" }), 412);
  });

  test(`a part of ${key} is sent only for the object that the viewer has a part of`, async () => {
    const { headers, body } = await edge.ask(link(key));
    const part = (ifRange = "") =>
      edge.ask(link(key), { headers: { range: "bytes=1-3", "if-range": ifRange } });
    const same206 = await part(headers.etag);
    assert.equal(same206.status, 206);
    assert.ok(same206.body.equals(body.subarray(1, 4)));
    assert.equal((await part(headers["last-modified"])).status, 206);
    for (const other of ['"other"', `W/${headers.etag}`, "Thu, 01 Jan 1970 00:00:00 GMT"]) {
      const whole = await part(other);
      assert.equal(whole.status, 200, other);
      assert.ok(whole.body.equals(body));
    }
    const beyond = await edge.ask(link(key), {
      headers: { range: "bytes=9000000-", "if-range": '"other"' },
    });
    assert.equal(beyond.status, 200);
  });
}

test("what is not there is 404, and not kept", async () => {
  for (const [key, method] of [
    ["hls/720p/00009.ts", "GET"],
    ["none.mp4", "GET"],
    ["none.mp4", "HEAD"],
    ["none.m3u8", "GET"],
  ] as const) {
    const { status, headers } = await edge.ask(link(key), { method });
    assert.equal(status, 404, key);
    assert.equal(headers["cache-control"], "no-store");
  }
});

test("only links and health are served, and by no other method", async () => {
  assert.equal((await edge.ask("/")).status, 404);
  assert.equal((await edge.ask("/m")).status, 404);
  const refused = await edge.ask(link("poster.jpg"), { method: "DELETE" });
  assert.equal(refused.status, 405);
  assert.equal(refused.headers.allow, "GET, HEAD, OPTIONS");
});

test("a query is ignored", async () => {
  assert.equal((await edge.ask(`${link("poster.jpg")}?_=../../x`)).status, 200);
});

for (const { rest, served } of pathsOfThePage(readFileSync("../docs/links.md", "utf8"))) {
  test(`${served ? "serves" : "refuses"} ${rest} as it comes over the wire`, async () => {
    const { status } = await edge.ask(link(rest));
    assert.ok(served ? status === 200 || status === 404 : status === 403, String(status));
  });
}

test("refuses other signatures, slots, prefixes, shapes and expired links, each with 403", async () => {
  const now = Math.floor(Date.now() / 1000);
  const valid = link("poster.jpg");
  for (const path of [
    valid.replace(/[0-9a-f]{64}/, "0".repeat(64)),
    valid.replace("/A/", "/B/"),
    valid.replace("/A/", "/C/"),
    valid.replace("asset-1", "asset-2"),
    valid.replace("asset-1/", "asset-1%2F"),
    valid.replace("/m/", "/m//"),
    link("poster.jpg", now - 40),
    "/m/x",
    "/m/%zz",
  ]) {
    assert.equal((await edge.ask(path)).status, 403, path);
  }
  assert.equal((await edge.ask(link("poster.jpg", now - 20))).status, 200);
});

test("an origin of the app may read every answer, also a refusal; every answer varies by origin", async () => {
  for (const path of [link("poster.jpg"), link("none.mp4"), "/m/x", link("hls/720p/00000.ts")]) {
    const allowed = await edge.ask(path, { headers: { origin: appOrigin } });
    assert.equal(allowed.headers["access-control-allow-origin"], appOrigin);
    assert.match(allowed.headers.vary ?? "", /Origin/);
    assert.match(allowed.headers["access-control-expose-headers"] ?? "", /Content-Range/);
    const other = await edge.ask(path, { headers: { origin: "https://elsewhere.example" } });
    assert.notEqual(other.headers["access-control-allow-origin"], "https://elsewhere.example");
    const plain = await edge.ask(path);
    assert.match(plain.headers.vary ?? "", /Origin/, "a poster in a plain <img>");
  }
});

test("a preflight for a range is answered", async () => {
  const { status, headers } = await edge.ask(link("preview.mp4"), {
    method: "OPTIONS",
    headers: {
      origin: appOrigin,
      "access-control-request-method": "GET",
      "access-control-request-headers": "range",
    },
  });
  assert.equal(status, 204);
  assert.equal(headers["access-control-allow-origin"], appOrigin);
  assert.match(headers["access-control-allow-headers"] ?? "", /Range/);
});

test("no log line has a signature, a key or a query", async () => {
  await edge.ask(`${link("preview.mp4")}?secret=1`);
  await edge.ask(link("none.mp4"));
  const text = JSON.stringify(edge.lines());
  assert.ok(edge.lines().length > 10);
  assert.doesNotMatch(text, /[0-9a-f]{64}|secret|asset-1|X-Amz/);
});
