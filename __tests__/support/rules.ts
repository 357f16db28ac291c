import { checkEnvironment } from "../../environments/loading/check.ts";
import type { Rule } from "../../environments/rules/rule.ts";
import { type EnvironmentInput, environmentSchema } from "../../environments/schema/environment.ts";
import { changed } from "./environments.ts";

/** A mistake in an environment, and the one finding that it has to lead to. */
export interface BrokenRule {
  readonly change: Parameters<typeof changed>[0];
  readonly path: string;
  readonly value: string;
  readonly expected: string;
  readonly fix: string;
  /** Environment that the mistake is made in; production without it. */
  readonly in?: EnvironmentInput;
}

/** Tests each mistake for exactly its finding, and that every rule of the concern is broken by one of them. */
export function itFinds(rows: readonly BrokenRule[], rules: readonly Rule[]): void {
  test.each(rows)("$path is $value, but has to be $expected", (row) => {
    const { path, value, expected, fix } = row;
    const broken = changed(row.change, row.in);

    expect(checkEnvironment(broken.name, "the file", broken).findings).toEqual([
      { file: "the file", path, value, expected, fix },
    ]);
  });

  test("every rule is broken by a row above", () => {
    const environments = rows.map((row) => environmentSchema.parse(changed(row.change, row.in)));
    const unbroken = rules.filter((rule) => !environments.some((broken) => rule.fails(broken)));

    expect(unbroken).toEqual([]);
  });
}
