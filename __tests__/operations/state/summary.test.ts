import { summarise, withSerial } from "../../../operations/state/summary.ts";

const state = {
  version: 4,
  terraform_version: "1.11.4",
  serial: 7,
  lineage: "5a4981aa",
  outputs: { url: { value: "secret" } },
  resources: [
    { mode: "managed", type: "digitalocean_vpc", name: "vpc", instances: [{}] },
    { mode: "data", type: "aws_caller_identity", name: "me", instances: [{}] },
    {
      mode: "managed",
      module: "module.a",
      type: "aws_iam_user",
      name: "user",
      instances: [{ index_key: "b" }, { index_key: 0 }],
    },
  ],
};

test("a state is summed up without anything that may be secret", () => {
  expect(summarise(JSON.stringify(state))).toEqual({
    serial: 7,
    lineage: "5a4981aa",
    terraform: "1.11.4",
    resources: [
      "digitalocean_vpc.vpc",
      'module.a.aws_iam_user.user["b"]',
      "module.a.aws_iam_user.user[0]",
    ],
  });
});

test("a state with another serial is the same in everything else", () => {
  const next = JSON.parse(withSerial(JSON.stringify(state), 9)) as unknown;
  expect(next).toEqual({ ...state, serial: 9 });
});

test("what is no state of format 4 is refused", () => {
  expect(() => summarise(JSON.stringify({ ...state, version: 3 }))).toThrow();
});
