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

test("a key that may not read is said, with the one that may", async () => {
  const denied = Object.assign(new Error("Access Denied."), {
    name: "AccessDenied",
    $metadata: { httpStatusCode: 403 },
  });
  await expect(asRestorer("dumps", () => Promise.reject(denied))).rejects.toThrow(
    /this key may not read dumps.*\n {2}fix: .*docs\/restore\.md says, and export MAM_RESTORE_ACCESS_KEY_ID and MAM_RESTORE_SECRET_ACCESS_KEY/,
  );
});

test("any other failure stays what it is", async () => {
  const other = new Error("no answer");
  await expect(asRestorer("dumps", () => Promise.reject(other))).rejects.toBe(other);
});
