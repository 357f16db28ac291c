import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

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
