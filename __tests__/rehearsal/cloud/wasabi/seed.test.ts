import { policyTextsOf } from "../../../../rehearsal/cloud/wasabi/account.ts";
import { parsePolicy } from "../../../../rehearsal/cloud/wasabi/policy-evaluation.ts";
import { seedAccount } from "../../../../rehearsal/cloud/wasabi/seed.ts";
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
