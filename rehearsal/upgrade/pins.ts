import { CannotRehearse } from "../harness/workspace.ts";

/** What one side of an upgrade is pinned to. What is not named is as in this checkout. */
export interface Pins {
  /** Version of the Terraform of PATH, or the file of another program, such as OpenTofu. */
  readonly terraform?: string;
  /** Version of the bindings `@cdktf/provider-digitalocean`. */
  readonly bindings?: string;
}

const names = ["terraform", "bindings"] as const;

const expected =
  "expected terraform=<version of the one on PATH, or a file>, bindings=<version>, or both with a comma between them";

/**
 * The pins of a list such as `terraform=/opt/tofu/tofu,bindings=13.13.0`.
 *
 * @throws CannotRehearse when one is not understood, or named twice; it says what is expected.
 */
export function parsePins(text: string): Pins {
  const pins: Partial<Record<(typeof names)[number], string>> = {};
  for (const pin of text.split(",").map((one) => one.trim())) {
    const [written, value = "", ...rest] = pin.split("=");
    const name = names.find((one) => one === written);
    if (!name || value === "" || rest.length > 0 || pins[name] !== undefined) {
      throw new CannotRehearse(`Pin "${pin}" is not understood, ${expected}.`);
    }
    pins[name] = value;
  }
  return pins;
}
