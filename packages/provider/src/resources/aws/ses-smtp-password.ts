import { createHmac } from "node:crypto";

function hmac(key: string | Buffer, message: string): Buffer {
  return createHmac("sha256", key).update(message).digest();
}

/**
 * The password with which a secret key would log in to SES in a region
 * (docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html). Worth nothing on Wasabi; the provider
 * computes it all the same.
 */
export function sesSmtpPassword(secretKey: string, region: string): string {
  const chain = ["11111111", region, "ses", "aws4_request", "SendRawEmail"];
  const signature = chain.reduce<string | Buffer>(hmac, `AWS4${secretKey}`);
  const version = Buffer.from([4]);
  return Buffer.concat([version, Buffer.from(signature)]).toString("base64");
}
