import { slottedNames } from "../../../../environments/schema/rotation.ts";
import { parseNames, rotatable } from "../../../../operations/secrets/rotation/names.ts";

test("a group stands for all of its secrets, and nothing is named twice", () => {
  expect(parseNames(["signing-keys", "jwt-secret"])).toEqual([
    "edge-signing-key",
    "jwt-secret",
    "cookie-secret",
  ]);
  expect(parseNames(["storage-keys"])).toHaveLength(5);
});

test("every secret with slots can be named", () => {
  expect(rotatable).toEqual(expect.arrayContaining([...slottedNames]));
});

test("unknown names are all told, with those that there are", () => {
  expect(() => parseNames(["jwt", "cookie-secret", "database"])).toThrow(
    /^jwt, database: no such secret\n.*jwt-secret.*database-user/,
  );
});
