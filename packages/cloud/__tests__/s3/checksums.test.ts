import { Digests } from "../../src/s3/bodies/digests.ts";
import { announcedChecksums, verifyChecksums } from "../../src/s3/checksums.ts";

const body = Buffer.from("123456789");

const verify = (headers: Record<string, string>) =>
  verifyChecksums(Digests.of(body, announcedChecksums(headers)), headers);

// Check values of each algorithm for "123456789", as its definition publishes them.
const right = {
  "x-amz-checksum-crc32": Buffer.from("cbf43926", "hex").toString("base64"),
  "x-amz-checksum-crc32c": Buffer.from("e3069283", "hex").toString("base64"),
  "x-amz-checksum-sha1": "98O8HYCOBHMq32eZZczDTKeuNEE=",
  "x-amz-checksum-sha256": "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
};

test("every checksum that is sent is verified and kept", () => {
  expect(verify({ ...right, "x-amz-checksum-mode": "ENABLED" })).toEqual(right);
  expect(verify({ "content-md5": "JfnnlDI7RTiF9RgfG2JNCw==" })).toEqual({});
});

test.each(Object.keys(right))("a wrong %s is refused", (name) => {
  expect(() => verify({ [name]: "AAAAAA==" })).toThrow(/did not match/);
});

test("a wrong, a broken and an unknown checksum are told apart", () => {
  expect(() => verify({ "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" })).toThrow(
    "The Content-MD5 you specified did not match what we received.",
  );
  expect(() => verify({ "content-md5": "short" })).toThrow(/Content-MD5 .* not valid/);
  expect(() => verify({ "x-amz-checksum-crc64nvme": "AAAA" })).toThrow(
    "The checksum x-amz-checksum-crc64nvme is not implemented.",
  );
});

test("a checksum that is announced to come behind the body is computed while it comes", () => {
  const headers = {
    "x-amz-trailer": "x-amz-checksum-sha1, x-amz-checksum-crc32",
    "x-amz-checksum-mode": "ENABLED",
  };
  expect(announcedChecksums(headers)).toEqual(["sha1", "crc32"]);
});
