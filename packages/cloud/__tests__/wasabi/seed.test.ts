import { policyTextsOf } from "../../src/wasabi/account.ts";
import { parsePolicy } from "../../src/wasabi/policy-evaluation.ts";
import { seedAccount } from "../../src/wasabi/seed.ts";
import { adminKey, rootKey, seed } from "./support.ts";

test("an account begins with its root key and administrators who may do everything", () => {
  const account = seedAccount(seed, new Date(0));
  const terraform = account.users.get("terraform");

  expect([...account.rootKeys.keys()]).toEqual([rootKey.accessKeyId]);
  expect([...(terraform?.accessKeys.keys() ?? [])]).toEqual([adminKey.accessKeyId]);
  const [text = ""] = terraform ? policyTextsOf(account, terraform) : [];
  expect(parsePolicy(text, "identity").Statement).toMatchObject([
    { Effect: "Allow", Action: ["*"], Resource: ["*"] },
  ]);
});
