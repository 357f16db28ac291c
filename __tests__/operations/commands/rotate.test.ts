import { silent } from "../../support/deploying.ts";
import { rotateSecrets } from "../../../operations/commands/rotate.ts";
import { aSealedEnvironment, anOfflineSession } from "../secrets/support.ts";

const now = new Date("2026-11-25T10:05:00Z");
const waiting = {
  "edge-signing-key": {
    active: "B",
    rotation: { stage: "wait", begun: "2026-11-25T09:00:00Z", switched: "2026-11-25T10:00:00Z" },
  },
};

/** Runs the command where nothing may be done: no answer, no deployment. */
const attempt = (
  operands: string[],
  options: { retire?: boolean; now?: string } = {},
  rotation: object = waiting,
) => {
  const asked: string[] = [];
  const outcome = rotateSecrets(
    anOfflineSession(aSealedEnvironment(rotation)),
    { operands, retire: false, ...options },
    {
      confirm: (text) => Promise.resolve(asked.push(text) < 0),
      deploy: () => Promise.reject(new Error("nothing may be deployed")),
      now: () => now,
    },
    silent,
  );
  return { outcome, asked };
};

test("retiring is refused as long as something is valid, and says when it may be done and why", async () => {
  const { outcome, asked } = attempt(["edge-signing-key"], { retire: true });
  const { ok, text } = await outcome;

  expect(ok).toBe(false);
  expect(text).toContain(
    "edge-signing-key: not before 2026-11-25 10:11 UTC, because a link that it signed is valid for 10 minutes.",
  );
  expect(text).toContain('--retire --now "<reason>"');
  expect(asked).toEqual([]);
});

test("with a reason it is asked for, and nothing is done without an answer", async () => {
  const { outcome, asked } = attempt(["edge-signing-key"], {
    retire: true,
    now: "it was published",
  });

  expect(await outcome).toMatchObject({
    ok: false,
    text: expect.stringContaining("Not confirmed"),
  });
  expect(asked[0]).toContain("changes EDGE_SIGNING_KEY_A: a new value");
});

test("a rotation that waits is not begun again", async () => {
  const { outcome, asked } = attempt(["edge-signing-key"]);
  const { ok, text } = await outcome;

  expect(ok).toBe(true);
  expect(asked).toEqual([]);
  expect(text).toContain("after 2026-11-25 10:11 UTC");
  expect(text).toContain("mam secrets rotate production edge-signing-key --retire");
});

test("what nothing was replaced of cannot be retired", async () => {
  const { outcome } = attempt(["jwt-secret"], { retire: true });

  expect(await outcome).toMatchObject({
    ok: false,
    text: expect.stringContaining("nothing was replaced"),
  });
});

test.each([
  [
    "a reason without --retire",
    ["jwt-secret"],
    { now: "why" },
    'alone\n  fix: mam secrets rotate <environment> jwt-secret --retire --now "<reason>"',
  ],
  [
    "an administrator to retire",
    ["database-administrator"],
    { retire: true },
    "has no slots, so there is nothing to retire\n  fix: leave --retire out",
  ],
  ["an unknown secret", ["jwt"], {}, "no such secret"],
])("%s is a mistake of usage", async (_, operands, options, message) => {
  await expect(attempt(operands, options).outcome).rejects.toThrow(message);
});
