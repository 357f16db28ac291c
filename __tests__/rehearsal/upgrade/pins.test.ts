import { parsePins } from "../../../rehearsal/upgrade/pins.ts";

test("pins name a Terraform, bindings, or both", () => {
  expect(parsePins("terraform=1.11.4")).toEqual({ terraform: "1.11.4" });
  expect(parsePins("terraform=/opt/tofu/tofu, bindings=13.13.0")).toEqual({
    terraform: "/opt/tofu/tofu",
    bindings: "13.13.0",
  });
});

test.each(["", "terraform", "terraform=", "tofu=1.11.5", "terraform=1=2", "aws=5.99.0"])(
  "the pin %p is refused",
  (text) => {
    expect(() => parsePins(text)).toThrow(
      `Pin "${text}" is not understood, expected terraform=<version of the one on PATH, or a file>`,
    );
  },
);

test("what is pinned twice is refused", () => {
  expect(() => parsePins("bindings=13.13.0,bindings=13.14.1")).toThrow(
    'Pin "bindings=13.14.1" is not understood',
  );
});
