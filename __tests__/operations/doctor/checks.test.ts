import { readFileSync } from "node:fs";

import { doctorChecks } from "../../../operations/doctor/checks.ts";

const ids = doctorChecks.map(({ id }) => id);

test("every check has a name of its own, in lower case with dashes", () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
});

/** A full stop, or its like, inside a text. */
const secondSentence = /[.!?] [A-Z]/;

test.each(doctorChecks.map((check) => [check.id, check] as const))(
  "%s says what has to hold, why, and what to do, in a sentence each",
  (_, { what, why, fix }) => {
    expect(what).toMatch(/^[A-Z].*\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
    // A fix is shown behind a word, and may end with a command.
    expect(fix).toMatch(/^[a-z].*[^.]$/);
    for (const text of [what, why, fix]) {
      expect(text).not.toMatch(secondSentence);
      expect(text).not.toMatch(/\n|undefined|\[object/);
    }
  },
);

test("the output that docs/doctor.md shows has every check in its present words", () => {
  const page = readFileSync("docs/doctor.md", "utf8");
  const lines = doctorChecks.map(({ id, what }) => `${what} (${id})`);

  expect(lines.filter((line) => !page.includes(line))).toEqual([]);
  expect(page).toContain(`${lines.length} checks of staging`);
});
