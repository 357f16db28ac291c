import { environmentContract } from "../../../constructs/app/contract.ts";
import { type ContractVariable, givenSecret } from "../../../constructs/app/contract/variable.ts";
import { shortKeys } from "../../../operations/doctor/checks/secrets.ts";
import { generateMissing } from "../../../operations/secrets/generation.ts";
import { inventory } from "../../../operations/secrets/inventory.ts";
import { isOld } from "../../../operations/status/judgement.ts";
import { anEnvironment } from "../../support/environments.ts";
import { everySupplied } from "./support.ts";

/** The contract with a token that a partner gives out. */
const contract: readonly ContractVariable[] = [
  ...environmentContract,
  {
    name: "PARTNER_TOKEN",
    components: ["api"],
    source: givenSecret("the partner"),
    meaning: "Token for the partner's API.",
  },
];

const secretOf = (supplied: Readonly<Record<string, string>>) =>
  inventory(anEnvironment(), supplied, contract).find(({ name }) => name === "PARTNER_TOKEN")!;

test.each(["0123456789012345678901234567890", "short", "ein Schlüssel mit Leerzeichen"])(
  "a partner's token of any length is right: %j",
  (value) => {
    const supplied = { ...everySupplied, PARTNER_TOKEN: value };
    const secrets = inventory(anEnvironment(), supplied, contract);

    expect(secretOf(supplied)).toMatchObject({ kind: "given secret", standing: "supplied" });
    expect(shortKeys(secrets, supplied)).toEqual([]);
  },
);

test("a key that is made here has a least length still", () => {
  const supplied = { ...everySupplied, JWT_SECRET_A: "0123456789012345678901234567890" };
  const secrets = inventory(anEnvironment(), supplied, contract);

  expect(shortKeys(secrets, supplied)).toEqual([
    {
      resource: "JWT_SECRET_A",
      expected: "32 bytes or more",
      found: "31 bytes",
      fix: "export TF_VAR_jwt_secret_a=$(openssl rand -hex 32)",
    },
  ]);
});

test("a partner's token that is missing is never made up", () => {
  const { values, notGenerated } = generateMissing(inventory(anEnvironment(), {}, contract));

  expect(Object.keys(values)).toHaveLength(6);
  expect(notGenerated).toContainEqual({
    name: "PARTNER_TOKEN",
    reason: "the partner gives it out: export TF_VAR_partner_token=…",
  });
});

test("nobody is told to replace what somebody else gives out, however old it is", () => {
  expect(isOld({ ...secretOf({}), days: 1000 })).toBe(false);
});
