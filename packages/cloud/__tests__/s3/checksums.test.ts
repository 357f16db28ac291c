import { md5, verifyChecksums } from "../../src/s3/checksums.ts";

const body = Buffer.from("123456789");

// Check values of each algorithm for "123456789", as its definition publishes them.
const right = {
  "x-amz-checksum-crc32": Buffer.from("cbf43926", "hex").toString("base64"),
  "x-amz-checksum-crc32c": Buffer.from("e3069283", "hex").toString("base64"),
  "x-amz-checksum-sha1": "98O8HYCOBHMq32eZZczDTKeuNEE=",
  "x-amz-checksum-sha256": "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
};

test("every checksum that is sent is verified and kept", () => {
  expect(verifyChecksums(body, { ...right, "x-amz-checksum-mode": "ENABLED" })).toEqual(right);
  expect(verifyChecksums(body, { "content-md5": "JfnnlDI7RTiF9RgfG2JNCw==" })).toEqual({});
  expect(md5(body)).toBe("25f9e794323b453885f5181f1b624d0b");
});

test.each(Object.keys(right))("a wrong %s is refused", (name) => {
  expect(() => verifyChecksums(body, { [name]: "AAAAAA==" })).toThrow(/did not match/);
});

test("a wrong, a broken and an unknown checksum are told apart", () => {
  expect(() => verifyChecksums(body, { "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" })).toThrow(
    "The Content-MD5 you specified did not match what we received.",
  );
  expect(() => verifyChecksums(body, { "content-md5": "short" })).toThrow(
    /Content-MD5 .* not valid/,
  );
  expect(() => verifyChecksums(body, { "x-amz-checksum-crc64nvme": "AAAA" })).toThrow(
    "The checksum x-amz-checksum-crc64nvme is not implemented.",
  );
});
