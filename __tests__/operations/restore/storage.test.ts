import { S3Client } from "@aws-sdk/client-s3";

import type { Clients } from "../../../operations/context/clients.ts";
import { asRestorer, restorerStorage } from "../../../operations/restore/storage.ts";

const [own, theirs] = [new S3Client({}), new S3Client({})];
const asked: unknown[] = [];
const clients = {
  wasabiStorage: () => own,
  wasabiStorageAs: (key: unknown) => {
    asked.push(key);
    return theirs;
  },
} as unknown as Clients;
const storage = (variables: Readonly<Record<string, string>>) =>
  restorerStorage({ clients, variables });
const key = {
  MAM_RESTORE_ACCESS_KEY_ID: "RESTORER",
  MAM_RESTORE_SECRET_ACCESS_KEY: "restorer-secret",
};

test("dumps are read with the restorer's key, where there is one", () => {
  expect(storage({})).toBe(own);
  expect(storage(key)).toBe(theirs);
  expect(asked).toEqual([{ accessKeyId: "RESTORER", secretAccessKey: "restorer-secret" }]);
});

test.each(Object.keys(key))("half of a key is refused: %s alone", (name) => {
  const missing = Object.keys(key).find((one) => one !== name)!;
  expect(() => storage({ [name]: "value" })).toThrow(
    `${missing} is missing, the other half of the restorer's key\n  fix: export ${missing}=…`,
  );
});

test("a value with something around it is refused before anything is asked", () => {
  expect(() => storage({ ...key, MAM_RESTORE_SECRET_ACCESS_KEY: "restorer-secret\n" })).toThrow(
    /^MAM_RESTORE_SECRET_ACCESS_KEY is exported with a line break.*\n {2}fix: export /,
  );
});

const answered = (name: string) =>
  Object.assign(new Error(`Wasabi S3: GetObject: 403 ${name}`), {
    name,
    $metadata: { httpStatusCode: 403 },
  });
const refusedWith = (name: string, variables: Readonly<Record<string, string>>) =>
  asRestorer({ variables }, "read dumps", () => Promise.reject(answered(name)));

test("a key that may not read is said, with the one that may", async () => {
  await expect(refusedWith("AccessDenied", {})).rejects.toThrow(
    /this key may not read dumps.*\n {2}fix: .*docs\/restore\.md says, and export MAM_RESTORE_ACCESS_KEY_ID and MAM_RESTORE_SECRET_ACCESS_KEY/,
  );
});

test("the restorer's own key is named where it lacks a right, or is none", async () => {
  await expect(refusedWith("AccessDenied", key)).rejects.toThrow(
    /^the key in MAM_RESTORE_ACCESS_KEY_ID may not read dumps\n {2}fix: give its user the whole policy/,
  );
  for (const code of ["InvalidAccessKeyId", "SignatureDoesNotMatch"])
    await expect(refusedWith(code, key)).rejects.toThrow(
      /403 \w+\n {2}fix: export MAM_RESTORE_ACCESS_KEY_ID=… MAM_RESTORE_SECRET_ACCESS_KEY=…/,
    );
});

test("any other failure stays what it is", async () => {
  const other = new Error("no answer");
  await expect(
    asRestorer({ variables: {} }, "read dumps", () => Promise.reject(other)),
  ).rejects.toBe(other);
  await expect(refusedWith("InvalidAccessKeyId", {})).rejects.toThrow(/^Wasabi S3: GetObject: 403/);
});
