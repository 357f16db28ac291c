import { redactor } from "../../../operations/command/redaction.ts";

const secret = 'p@ss/word "quoted"';
const clean = redactor({
  DIGITALOCEAN_TOKEN: "dop_v1_0123456789",
  TF_VAR_jwt_secret_a: secret,
  TF_VAR_short: "info",
  HOME: "/home/somebody",
});

test.each([
  ["as it is", secret],
  ["in an address", encodeURIComponent(secret)],
  ["in base64", Buffer.from(secret).toString("base64")],
  ["in base64 without padding", Buffer.from(secret).toString("base64").replace(/=+$/, "")],
  ["in JSON", JSON.stringify(secret).slice(1, -1)],
])("a secret is taken out of a text %s", (_, spelling) => {
  expect(clean(`before ${spelling} after`)).toBe("before (secret) after");
});

test("credentials are taken out, and everything else stays", () => {
  expect(clean("Bearer dop_v1_0123456789 from /home/somebody at level info")).toBe(
    "Bearer (secret) from /home/somebody at level info",
  );
});
