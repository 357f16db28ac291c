import { SignatureFailure } from "../../../src/s3/signature/failure.ts";
import { s3SignatureError } from "../../../src/s3/signature/s3-failure.ts";

test("a refused signature has S3's code, which differs for a URL where S3's does", () => {
  const failure = new SignatureFailure("wrong-scope", 'The region "a" is wrong; expecting "b".');
  expect(s3SignatureError(failure, false)).toMatchObject({
    code: "AuthorizationHeaderMalformed",
    message: failure.message,
  });
  expect(s3SignatureError(failure, true).code).toBe("AuthorizationQueryParametersError");
  expect(
    s3SignatureError(new SignatureFailure("expired", "Request has expired"), true),
  ).toMatchObject({
    code: "AccessDenied",
    message: "Request has expired",
  });
  expect(s3SignatureError(new SignatureFailure("mismatch", "x"), false)).toMatchObject({
    code: "SignatureDoesNotMatch",
    status: 403,
  });
});
