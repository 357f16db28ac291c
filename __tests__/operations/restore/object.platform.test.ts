import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

import { listVersions } from "../../../operations/context/object-versions.ts";
import { copyToTop } from "../../../operations/restore/object/copy.ts";
import { restoreSomething } from "../../../operations/restore/restore.ts";
import { silent } from "../../support/deploying.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";
import { makeBucket } from "./support/dumped.ts";

const Bucket = "northlight-mam-staging-masters";
/** Letters that a copy reads as something else unless each part of the key is encoded by itself. */
const Key = "asset 1/take+2 & ?#ü%.mov";

let platform: TestPlatform;
let storage: S3Client;
const session = () => {
  const { accessKeyId, secretAccessKey } = platform.cloud.credentials.wasabiRoot;
  return platform.session({
    TF_VAR_wasabi_access_key: accessKeyId,
    TF_VAR_wasabi_secret_key: secretAccessKey,
  });
};
beforeAll(async () => {
  platform = await openPlatform();
  storage = session().clients.wasabiStorage();
  await makeBucket(storage, Bucket);
});
afterAll(() => platform.end());

const put = async (Body: string) => {
  const object = { Bucket, Key, Body, ContentType: "video/quicktime", Metadata: { take: "2" } };
  return (await storage.send(new PutObjectCommand(object))).VersionId ?? "";
};
const read = () => storage.send(new GetObjectCommand({ Bucket, Key }));
const restore = (objectVersion?: string, key = Key) => {
  const version = objectVersion === undefined ? {} : { objectVersion };
  const options = { to: "latest", prove: false, operands: ["object", key], ...version };
  return restoreSomething(session(), options, silent);
};

test("a deleted master is back with its content, type and metadata", async () => {
  await put("the film");
  await storage.send(new DeleteObjectCommand({ Bucket, Key }));
  await expect(read()).rejects.toThrow();
  const { ok, text } = await restore();
  const { Body, ContentType, Metadata } = await read();

  expect(text).toMatch(/is back: 8 bytes/);
  expect(ok).toBe(true);
  expect(await Body?.transformToString()).toBe("the film");
  expect([ContentType, Metadata]).toEqual(["video/quicktime", { take: "2" }]);
});

test("an overwritten master is back from the version that is named, and the other one stays", async () => {
  const first = await put("first");
  const second = await put("second");
  expect((await restore(first)).ok).toBe(true);
  expect(await (await read()).Body?.transformToString()).toBe("first");
  expect((await restore(second)).ok).toBe(true);
  expect(await (await read()).Body?.transformToString()).toBe("second");
});

test("a deletion is no version to go back to, and of thousands of versions the newest are listed", async () => {
  const key = "many/take.mov";
  const write = (n: number) =>
    storage.send(new PutObjectCommand({ Bucket, Key: key, Body: String(n) }));
  for (let n = 0; n < 1000; n += 50)
    await Promise.all(Array.from({ length: 50 }, (_, other) => write(n + other)));
  await write(1000);
  const { VersionId } = await storage.send(new DeleteObjectCommand({ Bucket, Key: key }));
  await storage.send(new DeleteObjectCommand({ Bucket, Key: key }));
  const { text } = await restore(VersionId, key);
  expect(text).toMatch(
    /is a deletion of many\/take\.mov\. .*name one with --object-version:\n(?: {2}20.*\n){20} {2}and 983 older ones\n$/,
  );
  expect((await restore(undefined, key)).ok).toBe(true);
  const { Body } = await storage.send(new GetObjectCommand({ Bucket, Key: key }));
  expect(await Body?.transformToString()).toBe("1000");
}, 60_000);

test("a large master is copied in parts, with every header, and an interrupted copy leaves no upload", async () => {
  const headers = {
    ...{ ContentType: "video/quicktime", Metadata: { take: "2" }, CacheControl: "no-store" },
    ...{ ContentDisposition: 'attachment; filename="a b.mov"', ContentLanguage: "de" },
  };
  const key = "large/take.mov";
  const partBytes = 5 * 2 ** 20;
  const body = Buffer.alloc(2 * partBytes + 7, "x");
  await storage.send(new PutObjectCommand({ Bucket, Key: key, Body: body, ...headers }));
  await storage.send(new DeleteObjectCommand({ Bucket, Key: key }));
  const source = (await listVersions(storage, Bucket, key)).find(({ isMarker }) => !isMarker)!;
  const path = "/large/take\\.mov$";
  const { faults } = platform.cloud;
  faults.add({ platform: "wasabi", kind: "down", method: "PUT", path });
  const stopped = copyToTop(storage, Bucket, source, { partBytes });
  await expect(stopped).rejects.toThrow(/UploadPartCopy/);
  faults.clear();
  const { Uploads = [] } = await storage.send(new ListMultipartUploadsCommand({ Bucket }));
  expect(Uploads).toEqual([]);

  await copyToTop(storage, Bucket, source, { partBytes });
  const { Body, ...found } = await storage.send(new GetObjectCommand({ Bucket, Key: key }));
  expect(found).toMatchObject(headers);
  expect(body.equals(Buffer.from(await Body!.transformToByteArray()))).toBe(true);
}, 60_000);

test("a master that nobody deleted is left alone, and its versions are listed", async () => {
  const current = await put("third");
  const { ok, text } = await restore();
  expect(ok).toBe(false);
  expect(text).toMatch(/nobody deleted it.*--object-version/s);
  expect(text).toContain(`${current}  (current)`);
});

test("a version or a key that there is not is said", async () => {
  expect((await restore("nothing")).text).toMatch(/has no version nothing; it has/);
  expect((await restore(undefined, "nowhere.mov")).text).toBe(
    "masters has no version of nowhere.mov\n  fix: name the whole key, such as 5a4981aa/clip.mov\n",
  );
  await expect(
    restoreSomething(session(), { to: "", prove: false, operands: ["object"] }, silent),
  ).rejects.toThrow(/expected database, or object and its key/);
});

test("a master that somebody writes meanwhile is not said to be back, and the line brings it back", async () => {
  const first = await put("first of all");
  await put("second");
  const opened = session();
  /** Storage in which another one is written between the copy and the look at it. */
  const meanwhile = {
    send: async (command: HeadObjectCommand) => {
      if (command instanceof HeadObjectCommand) await put("theirs");
      return storage.send(command);
    },
  } as unknown as S3Client;
  const clients = { ...opened.clients, wasabiStorage: () => meanwhile };
  const options = { to: "latest", prove: false, operands: ["object", Key], objectVersion: first };
  const { ok, text } = await restoreSomething({ ...opened, clients }, options, silent);

  expect(ok).toBe(false);
  expect(text).toMatch(/is back: 6 bytes, .*, and its version had 12: somebody else wrote it/);
  const [, version] =
    /\n {2}fix: the same line again, with --object-version (\S+)\n$/.exec(text) ?? [];
  expect(version).toBe(first);
  expect((await restore(version)).ok).toBe(true);
  expect(await (await read()).Body?.transformToString()).toBe("first of all");
});
