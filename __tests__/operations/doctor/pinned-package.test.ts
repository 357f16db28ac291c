import { packageInWords, pinnedPackage } from "../../../operations/doctor/pinned-package.ts";

test.each([
  ["cdktf", "0.21.0", { as: "cdktf", name: "cdktf", version: "0.21.0" }, "0.21.0"],
  ["cdktf", "npm:cdktn@0.24.0", { as: "cdktf", name: "cdktn", version: "0.24.0" }, "cdktn 0.24.0"],
  [
    "@cdktf/provider-aws",
    "npm:@cdktn/provider-aws@25.7.0",
    { as: "@cdktf/provider-aws", name: "@cdktn/provider-aws", version: "25.7.0" },
    "@cdktn/provider-aws 25.7.0",
  ],
])("%s pinned as %s is what npm installs for it", (as, text, pinned, words) => {
  expect(pinnedPackage(as, text)).toEqual(pinned);
  expect(packageInWords(pinned)).toBe(words);
});

test("a successor under the old name is told apart from the old package of that version", () => {
  const successor = packageInWords(pinnedPackage("cdktf", "npm:cdktn@0.24.0"));

  expect(successor).not.toBe(packageInWords({ as: "cdktf", name: "cdktf", version: "0.24.0" }));
});
