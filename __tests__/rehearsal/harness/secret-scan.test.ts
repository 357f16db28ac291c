import { secretsInText } from "../../../rehearsal/harness/secret-scan.ts";

const secrets = [{ name: "JWT_SECRET_A", value: 'a"b/c+d?e~f' }];

test.each([
  ["in clear", 'before a"b/c+d?e~f after'],
  ["in base64", `{"key":"${Buffer.from(secrets[0]!.value).toString("base64")}"}`],
  ["encoded for an address", `https://host/?key=${encodeURIComponent(secrets[0]!.value)}`],
  ["as a JSON string", JSON.stringify(secrets[0])],
])("a secret is found %s", (how, text) => {
  expect(secretsInText(text, "logs/01.log", secrets)).toEqual([
    `JWT_SECRET_A stands ${how} in logs/01.log`,
  ]);
});

test("a text without a secret is clean", () => {
  expect(secretsInText("JWT_SECRET_A is sealed, EV[1:abc:def]", "logs/01.log", secrets)).toEqual(
    [],
  );
});
