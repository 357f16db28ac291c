import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createWasabiStorage } from "@mam-infra/clients/wasabi";

import type { Manifest } from "../../../operations/backups/manifest.ts";
import { type Fetching, fetchArchive } from "../../../operations/restore/database/archive.ts";

const content = Buffer.from("0123456789".repeat(100_000));
const sha256 = createHash("sha256").update(content).digest("hex");

/** What becomes of each answer, in order: bytes after which it breaks off, or is silent; whole without one. */
interface Break {
  readonly after: number;
  readonly how: "cut" | "silent";
}
let breaks: Break[] = [];
let ranges: (string | undefined)[] = [];
let server: Server;
let directory: string;

function answer(response: ServerResponse, from: number): void {
  const left = content.subarray(from);
  response.writeHead(from === 0 ? 200 : 206, { "content-length": left.length });
  const broken = breaks.shift();
  if (!broken) {
    response.end(left);
    return;
  }
  response.write(left.subarray(0, broken.after), () => {
    if (broken.how === "cut") response.destroy();
  });
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "mam-archive-"));
  server = createServer((request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    answer(response, Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  rmSync(directory, { recursive: true });
});
beforeEach(() => {
  [breaks, ranges] = [[], []];
});

const silent = { tell: () => undefined, sleep: () => Promise.resolve() };
const storage = () =>
  createWasabiStorage({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ region: "us-east-1", credentials: { accessKeyId: "KEY", secretAccessKey: "secret" } },
    ...{ ...silent, userAgent: "test", interruption: new AbortController().signal },
  });

let number = 0;
const fetching = (more: Partial<Fetching> = {}): Fetching => ({
  ...{ storage: storage(), bucket: "backups", signal: new AbortController().signal, pause: 1 },
  archive: {
    ...{ key: "dumps/1/database.dump", version: "v1", bytes: content.length, tag: "tag" },
    ...{ isMarker: false, isLatest: true, modified: new Date() },
  },
  manifest: { id: "1", bytes: content.length, sha256 } as Manifest,
  others: "2",
  file: join(directory, String((number += 1))),
  ...more,
});

test("an archive whose connection breaks off, or falls silent, is gone on with where it was", async () => {
  breaks = [
    { after: 300_000, how: "cut" },
    { after: 200_000, how: "silent" },
    { after: 0, how: "cut" },
  ];
  const one = fetching({ longestSilence: 200 });
  await fetchArchive(one);

  expect(readFileSync(one.file).equals(content)).toBe(true);
  const positions = ranges.map((range = "bytes=0-") => Number(range.slice("bytes=".length, -1)));
  expect(positions.length).toBeGreaterThan(breaks.length + 3);
  expect(positions).toEqual(positions.toSorted((one, other) => one - other));
  expect(positions.at(-1)).toBeGreaterThan(0);
});

test("one that breaks off again and again is given up, with what it was", async () => {
  breaks = Array.from({ length: 9 }, () => ({ after: 0, how: "cut" }));
  await expect(fetchArchive(fetching())).rejects.toThrow(
    /^dumps\/1\/database\.dump broke off 5 times in a row: .*\n {2}fix: the same line again/,
  );
  expect(ranges).toHaveLength(5);
});

test("one that is interrupted ends at once, also where nothing comes", async () => {
  breaks = [{ after: 10, how: "silent" }];
  const interruption = new AbortController();
  const fetched = fetchArchive(fetching({ signal: interruption.signal }));
  setTimeout(() => {
    interruption.abort(new Error("interrupted by a signal"));
  }, 100);
  await expect(fetched).rejects.toThrow("interrupted by a signal");
});

test("one that has no room here, or another size than its manifest says, is not fetched at all", async () => {
  const free = () => Promise.resolve(999_999);
  await expect(fetchArchive(fetching({ free }))).rejects.toThrow(
    /^the archive has 1000000 bytes, and the disk of .* has 999999 left\.\n {2}fix: free space/,
  );
  const manifest = { id: "1", bytes: 2_000_000, sha256 } as Manifest;
  await expect(fetchArchive(fetching({ manifest }))).rejects.toThrow(
    "is not what the dump wrote: it has 1000000 bytes, its manifest says 2000000\n  fix: name another one",
  );
  expect(ranges).toEqual([]);
});
