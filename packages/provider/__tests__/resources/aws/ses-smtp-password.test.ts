import { sesSmtpPassword } from "../../../src/resources/aws/ses-smtp-password.ts";

test("the mail password is the one that provider 5.100.0 stored beside the same key", () => {
  expect(sesSmtpPassword("69t7TjjibWoqGSIO25vuQyZfl9CkBKs6exWVnTKz", "us-east-1")).toBe(
    "BKhuvwml9OWmZgjRLs1uuoE+8NNTx31T1z+0whwnlYOJ",
  );
});
