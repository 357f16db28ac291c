import type { Difference } from "../../../operations/plan/difference.ts";
import { shownSides, shownValue } from "../../../operations/plan/shown.ts";

const difference = (path: string, rest: Partial<Difference> = {}): Difference => ({
  path,
  before: "before",
  after: "after",
  unknown: false,
  sensitive: false,
  ...rest,
});

test("ordinary values are shown", () => {
  expect(shownSides(difference("size"))).toEqual({ before: "before", after: "after" });
});

test.each([
  "spec.service[api].env[LOG_LEVEL].value",
  "spec.service[api].log_destination[logs].logtail.token",
  "spec.service[api].log_destination[logs].datadog.api_key",
  "spec.service[api].log_destination[logs].open_search.basic_auth.password",
  "spec.service[api].image.registry_credentials",
  "secret",
  "uri",
  "private_uri",
])("%s is never shown, whatever Terraform says of it", (path) => {
  expect(shownSides(difference(path))).toEqual({ before: "(secret)", after: "(secret)" });
});

test("what Terraform calls sensitive is never shown", () => {
  const sensitive = difference("spec.region", { sensitive: true, before: undefined, after: ["x"] });

  expect(shownSides(sensitive)).toEqual({ before: "absent", after: "(secret)" });
});

test("an element that came says only that it is there", () => {
  const came = difference("spec.service[api].env[NEW]", {
    before: undefined,
    after: { key: "NEW", value: "a secret" },
    sensitive: true,
  });

  expect(shownSides(came)).toEqual({ before: "absent", after: "present" });
});

test("what is not known yet says so", () => {
  expect(shownSides(difference("id", { unknown: true })).after).toBe("known after it is applied");
});

test.each<[value: unknown, shown: string]>([
  [null, "absent"],
  ["", "absent"],
  [[], "absent"],
  [0, "0"],
  [false, "false"],
  [["a", "b"], "a, b"],
  [`sha256:${"4".repeat(64)}`, "sha256:444444444444…"],
  ["x".repeat(80), `${"x".repeat(59)}…`],
  [[{ a: "secret" }], "present"],
])("%j reads %s", (value, shown) => {
  expect(shownValue(value)).toBe(shown);
});
