import { SignatureFailure } from "../../../src/s3/signature/failure.ts";

test("a failure says why, for the service to name it", () => {
  expect(new SignatureFailure("skewed", "Too long ago.")).toMatchObject({
    reason: "skewed",
    message: "Too long ago.",
  });
});
