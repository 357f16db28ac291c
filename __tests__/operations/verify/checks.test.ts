import { verifyChecks } from "../../../operations/verify/checks.ts";

test("every check has a name of its own", () => {
  const ids = verifyChecks.map(({ id }) => id);

  expect(ids).toEqual([...new Set(ids)]);
  for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test.each(verifyChecks.map((check) => [check.id, check] as const))(
  "%s says in a sentence each what has to hold, why, and what mends it",
  (_, { what, why, fix }) => {
    for (const text of [what, why]) expect(text).toMatch(/^[A-Z][^.]*(\.[^. ][^.]*)*\.$/);
    expect(fix).toMatch(/^\S.*[^.]$/);
    expect(fix).not.toMatch(/\. [A-Z]/);
  },
);
