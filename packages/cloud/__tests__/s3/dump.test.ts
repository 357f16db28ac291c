import { canonical } from "../../src/canonical.ts";
import { dumpS3Store, generatedS3Ids } from "../../src/s3/dump.ts";
import { TestS3 } from "./support.ts";

function filled() {
  const s3 = new TestS3();
  s3.bucket("bbb");
  s3.bucket("aaa", "Enabled");
  s3.call("PUT /aaa?policy", { body: '{"Version":"2012-10-17"}' });
  s3.call("PUT /aaa/z", { body: "secret content" });
  s3.call("PUT /aaa/y");
  s3.call("DELETE /aaa/y");
  s3.call("POST /aaa/big?uploads");
  return canonical(dumpS3Store(s3.store), generatedS3Ids);
}

test("a dump is the same for the same deployment, although every id differs", () => {
  expect(filled()).toEqual(filled());
});

test("a dump shows everything but contents", () => {
  expect(filled()).toEqual([
    {
      name: "aaa",
      versioning: "Enabled",
      policy: { Version: "2012-10-17" },
      objects: [
        {
          key: "y",
          versions: [
            { isDeleteMarker: true, versionId: "version-1" },
            expect.objectContaining({ size: 0, versionId: "version-2" }),
          ],
        },
        { key: "z", versions: [expect.objectContaining({ size: 14, versionId: "version-3" })] },
      ],
      uploads: [{ key: "big", uploadId: "upload-1", parts: [] }],
    },
    { name: "bbb", versioning: "Unversioned", objects: [], uploads: [] },
  ]);
  expect(JSON.stringify(filled())).not.toContain("secret content");
});
