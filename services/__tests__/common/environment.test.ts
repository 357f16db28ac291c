import assert from "node:assert/strict";
import { test } from "node:test";

import {
  EnvironmentError,
  keySlot,
  port,
  readEnvironment,
  text,
} from "@mam-services/common/environment";

test("names every variable that cannot be used, at once, and no value", () => {
  const variables = { PORT: port, NAME: text, KEY: keySlot };

  assert.throws(
    () => readEnvironment(variables, { PORT: "eighty", KEY: "too-short-a-secret" }),
    (error) => {
      assert.ok(error instanceof EnvironmentError);
      assert.match(error.message, /PORT: expected a whole number/);
      assert.match(error.message, /NAME is missing/);
      assert.match(error.message, /KEY: expected 32 bytes or more/);
      assert.doesNotMatch(error.message, /eighty|too-short/);
      return true;
    },
  );
});

test("takes numbers as numbers and leaves unused slots empty", () => {
  assert.deepEqual(readEnvironment({ PORT: port, KEY: keySlot }, { PORT: "3000" }), {
    PORT: 3000,
    KEY: "",
  });
});
