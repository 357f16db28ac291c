import { markdownCode, markdownText } from "../../../operations/context/printable.ts";
import { redactorOf } from "../../../operations/context/redaction.ts";

const secret = "p@ss/w*rd `ab` <\"quoted'> & ü+";
const redactor = redactorOf({
  DIGITALOCEAN_TOKEN: "dop_v1_0123456789",
  TF_VAR_jwt_secret_a: secret,
  TF_VAR_short: "info",
  HTTPS_PROXY: "http://somebody:proxy%20password@proxy.example:3128",
  MAM_RESTORE_SERVER: "postgresql://postgres:restore%20password@localhost:5432/postgres",
  HOME: "/home/somebody",
});
const clean = redactor.redact;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const go = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026");

test.each([
  ["as it is", secret],
  ["in an address", encodeURIComponent(secret)],
  [
    "in an address with small digits",
    encodeURIComponent(secret).replaceAll(/%../g, (c) => c.toLowerCase()),
  ],
  ["in a form", new URLSearchParams({ a: secret }).toString().slice(2)],
  ["in base64", base64(secret)],
  ["in base64 without padding", base64(secret).replace(/=+$/, "")],
  ["in base64 for addresses", Buffer.from(secret).toString("base64url")],
  ["in hexadecimal digits", Buffer.from(secret).toString("hex")],
  ["in JSON", JSON.stringify(secret).slice(1, -1)],
  ["in JSON in JSON", JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1)],
  ["in the JSON of Go", go(secret)],
  ["in HTML", "p@ss/w*rd `ab` &lt;&quot;quoted&#39;&gt; &amp; ü+"],
  ["in the HTML of Go", "p@ss/w*rd `ab` &lt;&#34;quoted&#x27;&gt; &amp; ü+"],
  ["in Markdown", markdownText(secret)],
])("a secret is taken out of a text %s", (_, spelling) => {
  expect(clean(`before ${spelling} after`)).toBe("before (secret) after");
});

test("a secret is taken out of code of Markdown", () => {
  expect(clean(`before ${markdownCode(secret)} after`)).toBe("before `` (secret) `` after");
});

test.each([0, 1, 2, 3])("a secret behind %i other characters is taken out of base64", (count) => {
  const before = `${"u".repeat(count)}:`;
  const text = clean(base64(`${before}${secret}`));

  expect(text).toContain("(secret)");
  expect(Buffer.from(text.replace("(secret)", ""), "base64").length).toBeLessThan(
    before.length + 4,
  );
});

test("credentials are taken out, and everything else stays", () => {
  expect(clean("token dop_v1_0123456789 from /home/somebody at level info")).toBe(
    "token (secret) from /home/somebody at level info",
  );
  expect(clean("proxy password at proxy.example")).toBe("(secret) at proxy.example");
  expect(clean("restore password at localhost")).toBe("(secret) at localhost");
});

test("a secret of which a text shows only the beginning is taken out too", () => {
  redactor.learn(["0123456789abcdef0123456789abcdef"]);

  expect(clean("run --key 0123456789ab…")).toBe("run --key (secret)…");
  expect(clean("revision 0123456789ab is another thing")).toBe(
    "revision 0123456789ab is another thing",
  );
});

test("a secret that is learned later is taken out from then on, every line of it by itself", () => {
  redactor.learn(["first line of a key\nsecond line of a key\n", undefined]);

  expect(clean("> second line of a key")).toBe("> (secret)");
});

test("what a state, a plan or an answer holds is learned by the names of its fields", () => {
  redactor.learnFrom({
    outputs: {
      "cross-stack-output-aws_iam_access_keysecret": {
        value: "not known by its name",
        sensitive: true,
      },
      "cross-stack-output-cluster.host": { value: "a host of a cluster", sensitive: true },
      access_key_secret: { value: { uploader: "made by the storage stack" } },
    },
    connection: { uri: "postgresql://doadmin:made%20by%20a%20platform@db.example:25060/defaultdb" },
    AccessKey: { SecretAccessKey: "made by an API of keys" },
    users: [{ name: "reporting", password: "made for a database user" }],
    env: [
      { key: "A", type: "SECRET", value: "sent as a secret variable" },
      { key: "B", type: "SECRET", value: "EV[1:a:ciphertext]" },
      { key: "C", type: "GENERAL", value: "sent as a usual variable" },
    ],
    password: "${postgres.PASSWORD}",
  });

  for (const known of [
    "made by the storage stack",
    "made by a platform",
    "made%20by%20a%20platform",
    "made by an API of keys",
    "made for a database user",
    "sent as a secret variable",
  ]) {
    expect(clean(`> ${known} <`)).toBe("> (secret) <");
  }
  for (const harmless of [
    "a host of a cluster",
    "EV[1:a:ciphertext]",
    "sent as a usual variable",
    "${postgres.PASSWORD}",
  ]) {
    expect(clean(harmless)).toBe(harmless);
  }
});

test.each([
  ["Authorization: Bearer abc123.def-456~x", "Authorization: Bearer (secret)"],
  ["Authorization: Basic dXNlcjpwYXNzd29yZDE=", "Authorization: Basic (secret)"],
  [`the token dop_v1_${"0a".repeat(32)} is revoked`, "the token (secret) is revoked"],
  ["password AVNS_AbCdEf-0123_456789", "password (secret)"],
  ["rediss://default:unknown@cache.example:25061", "rediss://default:(secret)@cache.example:25061"],
  [
    "https://s3.example/a?X-Amz-Signature=0ab1&x=1",
    "https://s3.example/a?X-Amz-Signature=(secret)&x=1",
  ],
  ["-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----.", "(secret)."],
])("a secret that nobody has told of is known by its shape: %s", (text, expected) => {
  expect(clean(text)).toBe(expected);
});

test("words that only begin like secrets stay", () => {
  for (const text of [
    "Basic authentication, and a Bearer credential",
    "postgresql://${postgres.USERNAME}:${postgres.PASSWORD}@${postgres.HOSTNAME}",
    "https://cloud.digitalocean.com/apps",
  ]) {
    expect(clean(text)).toBe(text);
  }
});

test("plain data keeps its shape", () => {
  const data = { ok: true, count: 3, none: null, texts: ["Bearer abc12345678", "plain"] };

  expect(redactor.redactData(data)).toEqual({ ...data, texts: ["Bearer (secret)", "plain"] });
});
