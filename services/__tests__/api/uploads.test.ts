import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";

import {
  AbortMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { createStorage } from "@mam-services/common/storage";

import { run } from "../../local/processes.ts";
import {
  type AssetView,
  type ErrorView,
  type UploadView,
  begin,
  bytesOf,
  sendParts,
} from "./support/files.ts";
import { needs } from "./support/needs.ts";
import { Person, signedIn } from "./support/person.ts";
import { type Instance, type Platform, startPlatform } from "../../local/platform.ts";

const MiB = 2 ** 20;

interface State extends Omit<UploadView, "parts"> {
  readonly status: string;
  readonly assetId?: string;
  readonly parts: readonly { number: number; bytes: number; etag: string }[];
}

describe("uploads", needs, () => {
  let platform: Platform;
  let api: Instance;
  let person: Person;
  before(async () => {
    platform = await startPlatform();
    api = await platform.start();
    person = await signedIn(api.url);
  });
  after(() => platform.close());

  const complete = <Body = { asset: AssetView }>(id: string, by = person) =>
    by.call<Body>("POST", `/api/uploads/${id}/complete`);
  const state = async (id: string) => (await person.call<State>("GET", `/api/uploads/${id}`)).body;
  const refusal = async (id: string) => {
    const { status, body } = await complete<ErrorView>(id);
    return { status, code: body.error.code, missing: body.error.missing };
  };
  /** The upload as storage knows it. */
  const inStorage = async ({ id }: UploadView) => {
    const Bucket = platform.storage.buckets.staging;
    const { Uploads = [] } = await platform.storage.root.send(
      new ListMultipartUploadsCommand({ Bucket }),
    );
    const found = Uploads.find(({ Key }) => Key?.startsWith(id));
    return { Bucket, Key: found?.Key, UploadId: found?.UploadId };
  };
  const staged = async (id: string, name: string) => {
    const { Body } = await platform.storage.root.send(
      new GetObjectCommand({ Bucket: platform.storage.buckets.staging, Key: `${id}/${name}` }),
    );
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };

  test("an upload that was left is continued elsewhere, by the sizes that storage has", async () => {
    const file = bytesOf(12 * MiB);
    const upload = await begin(person, "long take.MOV", file.length);
    assert.deepEqual(await sendParts(person, upload, file, [2]), [200]);

    const later = await signedIn(
      (await platform.start({ UPLOAD_PART_BYTES: String(64 * MiB) })).url,
    );
    const { body: found } = await later.call<State>("GET", `/api/uploads/${upload.id}`);
    assert.equal(found.partBytes, 5 * MiB);
    assert.deepEqual(
      found.parts.map(({ number, bytes }) => ({ number, bytes })),
      [{ number: 2, bytes: 5 * MiB }],
    );
    assert.deepEqual(await refusal(upload.id), {
      status: 409,
      code: "parts-missing",
      missing: [1, 3],
    });
    assert.deepEqual(await sendParts(later, upload, file, [1, 3]), [200, 200]);
    assert.equal((await complete(upload.id, later)).status, 200);
    assert.ok((await staged(upload.id, "long_take.MOV")).equals(file));
    assert.equal((await state(upload.id)).assetId, upload.id);
  });

  test("storage refuses a part of any other length than its own", async () => {
    const upload = await begin(person, "a.mov", 7 * MiB);
    const { body } = await person.call<{ urls: Record<string, string> }>(
      "POST",
      `/api/uploads/${upload.id}/urls`,
      { body: { numbers: [1, 2] } },
    );
    const put = async (number: number, bytes: number) =>
      (await fetch(body.urls[number] ?? "", { method: "PUT", body: new Uint8Array(bytes) })).status;

    assert.equal(await put(1, 5 * MiB + 1), 403);
    assert.equal(await put(2, 5 * MiB), 403);
    assert.equal(await put(2, 2 * MiB), 200);
    assert.match(body.urls[1] ?? "", /X-Amz-SignedHeaders=content-length%3Bhost/);
    assert.match(body.urls[1] ?? "", /X-Amz-Expires=900/);
  });

  test("a part of another size that storage has all the same counts as missing", async () => {
    const file = bytesOf(12 * MiB);
    const upload = await begin(person, "a.mov", file.length);
    await sendParts(person, upload, file, [1, 2, 3]);
    const { keys, endpoint, region } = platform.storage;
    const uploader = createStorage({ endpoint, region, ...keys.uploader });
    await uploader.send(
      new UploadPartCommand({
        ...(await inStorage(upload)),
        PartNumber: 2,
        Body: new Uint8Array(6 * MiB),
      }),
    );

    assert.deepEqual(await refusal(upload.id), {
      status: 409,
      code: "parts-missing",
      missing: [2],
    });
    await sendParts(person, upload, file, [2]);
    assert.equal((await complete(upload.id)).status, 200);
  });

  test("completing again, and twice at once, is one asset and one success after the other", async () => {
    const file = bytesOf(6 * MiB);
    const upload = await begin(person, "a.mov", file.length);
    await sendParts(person, upload, file, [1, 2]);
    const other = await signedIn((await platform.start()).url);

    const answers = await Promise.all([
      complete(upload.id),
      complete(upload.id, other),
      complete(upload.id),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    assert.equal((await complete(upload.id)).body.asset.status, "uploaded");
    const { body } = await person.call<{ items: AssetView[] }>("GET", "/api/assets");
    assert.equal(body.items.filter(({ id }) => id === upload.id).length, 1);
  });

  test("an answer of storage that was lost does not lose the upload", async () => {
    const file = bytesOf(6 * MiB);
    const upload = await begin(person, "a.mov", file.length);
    await sendParts(person, upload, file, [1, 2]);
    platform.storage.cloud.faults.add({
      platform: "wasabi",
      method: "POST",
      path: upload.id,
      kind: "dropped-connection",
    });

    assert.equal((await complete(upload.id)).status, 200);
    assert.ok((await staged(upload.id, "a.mov")).equals(file));
  });

  test("an upload that storage has deleted is gone, and says so", async () => {
    const upload = await begin(person, "a.mov", 6 * MiB);
    await platform.storage.root.send(new AbortMultipartUploadCommand(await inStorage(upload)));

    assert.deepEqual((await state(upload.id)).parts, []);
    assert.deepEqual(await refusal(upload.id), {
      status: 409,
      code: "upload-gone",
      missing: undefined,
    });
  });

  test("an upload is not given up for lost because the key that reads staging is refused", async () => {
    const file = bytesOf(6 * MiB);
    const upload = await begin(person, "a.mov", file.length);
    await sendParts(person, upload, file, [1, 2]);
    const locked = await signedIn((await platform.start({ WASABI_MASTERS_SECRET: "another" })).url);

    assert.equal((await complete(upload.id, locked)).status, 503);
    assert.equal((await complete(upload.id)).status, 200);
  });

  test("an upload that is given up leaves nothing in storage, and cannot be continued", async () => {
    const upload = await begin(person, "a.mov", 6 * MiB);
    await sendParts(person, upload, bytesOf(6 * MiB), [1]);

    assert.equal((await person.call("DELETE", `/api/uploads/${upload.id}`)).status, 204);
    assert.equal((await person.call("DELETE", `/api/uploads/${upload.id}`)).status, 204);
    assert.equal((await inStorage(upload)).UploadId, undefined);
    assert.equal((await refusal(upload.id)).code, "upload-gone");
    const signing = await person.call("POST", `/api/uploads/${upload.id}/urls`, {
      body: { numbers: [1] },
    });
    assert.equal(signing.status, 409);
  });

  test("a complete upload cannot be given up", async () => {
    const file = bytesOf(MiB);
    const upload = await begin(person, "a.mov", file.length);
    await sendParts(person, upload, file, [1]);
    await complete(upload.id);

    assert.equal((await person.call("DELETE", `/api/uploads/${upload.id}`)).status, 409);
    assert.ok((await staged(upload.id, "a.mov")).equals(file));
  });

  test("a file that is too large is refused before anything is begun, with the limit", async () => {
    const { status, body } = await person.call<ErrorView>("POST", "/api/uploads", {
      body: { fileName: "a.mov", size: 2 ** 30 + 1 },
    });

    assert.equal(status, 413);
    assert.deepEqual(body.error, {
      code: "file-too-large",
      message: "The largest file is 1073741824 bytes.",
      maximumBytes: 2 ** 30,
    });
  });

  test("a file without bytes, without a name, or with more than was asked for is refused", async () => {
    const status = async (body: unknown) =>
      (await person.call("POST", "/api/uploads", { body })).status;

    assert.equal(await status({ fileName: "a.mov", size: 0 }), 400);
    assert.equal(await status({ fileName: "  ", size: 1 }), 400);
    assert.equal(await status({ fileName: "a.mov", size: 1, contentType: "text/html" }), 400);
    assert.equal(await status("a.mov"), 400);
  });

  test("addresses are signed for parts that the file has, a hundred at a time", async () => {
    const upload = await begin(person, "a.mov", 600 * MiB);
    const urls = async (numbers: number[]) => {
      const { status, body } = await person.call<{ urls?: object }>(
        "POST",
        `/api/uploads/${upload.id}/urls`,
        { body: { numbers } },
      );
      return status === 200 ? Object.keys(body.urls ?? {}).length : status;
    };
    const range = (length: number) => Array.from({ length }, (_, index) => index + 1);

    assert.equal(await urls(range(100)), 100);
    assert.equal(await urls(range(101)), 400);
    assert.equal(await urls([120]), 1);
    assert.equal(await urls([121]), 400);
    assert.equal(await urls([0]), 400);
    assert.equal(await urls([]), 400);
  });

  test("nobody sees the uploads of others, or any without signing in", async () => {
    const upload = await begin(person, "a.mov", MiB);
    await run("administrator", platform.variables, {
      parameters: ["--email", "bob@example.com", "--password-stdin"],
      input: "another long password",
    });
    const bob = new Person(api.url);
    const { body } = await bob.call<{ accessToken: string }>("POST", "/api/session", {
      body: { email: "bob@example.com", password: "another long password" },
    });
    bob.token = body.accessToken;

    assert.equal((await bob.call("GET", `/api/uploads/${upload.id}`)).status, 404);
    assert.equal((await complete(upload.id, bob)).status, 404);
    assert.equal((await person.call("GET", `/api/uploads/${randomUUID()}`)).status, 404);
    assert.equal((await person.call("GET", "/api/uploads/1")).status, 400);
    assert.equal((await new Person(api.url).call("GET", `/api/uploads/${upload.id}`)).status, 401);
  });
});
