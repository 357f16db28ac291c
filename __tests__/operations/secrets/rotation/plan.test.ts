import { type SlotState, slottedNames } from "../../../../environments/schema/rotation.ts";
import {
  type RotationRequest,
  planRotation,
} from "../../../../operations/secrets/rotation/plan.ts";
import {
  after,
  begun,
  changedSlot,
  retiring,
  stages,
} from "../../../../operations/secrets/rotation/stages.ts";
import { aSealedEnvironment } from "../support.ts";

const now = new Date("2026-11-25T10:00:00Z");
const [earlier, later] = ["2026-11-25T09:00:00Z", "2026-11-25T09:30:00Z"];

const plan = (rotation: object, request: Partial<RotationRequest> = {}) =>
  planRotation(
    aSealedEnvironment(rotation),
    { names: ["jwt-secret"], retire: false, withoutWaiting: undefined, ...request },
    now,
  ).map(
    ({ stage, turns }) => `${stage} ${turns.map(({ name, slot }) => `${name} ${slot}`).join(", ")}`,
  );

const inStage = (active: string, rotation: object) => ({ "jwt-secret": { active, rotation } });

test("a rotation that begins fills the idle slot and switches to it, and goes no further", () => {
  expect(plan({})).toEqual(["fill jwt-secret B", "switch jwt-secret B"]);
  expect(plan({ "jwt-secret": { active: "B" } })).toEqual([
    "fill jwt-secret A",
    "switch jwt-secret A",
  ]);
});

test.each([
  ["fill", "A", { stage: "fill", begun: earlier }, ["fill jwt-secret B", "switch jwt-secret B"]],
  ["switch", "B", { stage: "switch", begun: earlier }, ["switch jwt-secret B"]],
  ["wait", "B", { stage: "wait", begun: earlier, switched: later }, []],
  ["retire", "B", { stage: "retire", begun: earlier, switched: later }, ["retire jwt-secret A"]],
])("one that was interrupted in stage %s goes on there", (_, active, rotation, steps) => {
  expect(plan(inStage(active, rotation))).toEqual(steps);
});

test("retiring changes the slot that is not in use any more, and begins nothing", () => {
  const waiting = inStage("B", { stage: "wait", begun: earlier, switched: later });

  expect(plan(waiting, { retire: true })).toEqual(["retire jwt-secret A"]);
  expect(plan({}, { retire: true })).toEqual([]);
});

test("several secrets go through a stage together, whatever slot each has in use", () => {
  const names = ["jwt-secret", "database-user"] as const;

  expect(plan({ "database-user": { active: "B" } }, { names })).toEqual([
    "fill jwt-secret B, database-user A",
    "switch jwt-secret B, database-user A",
  ]);
});

test("every step says what it changes, and no two of a secret say the same", () => {
  const environment = aSealedEnvironment();
  const request = { names: slottedNames, retire: false, withoutWaiting: undefined };
  const changes = planRotation(environment, request, now).flatMap((step) => step.changes);

  expect(changes).toHaveLength(slottedNames.length * 2);
  expect(new Set(changes).size).toBe(changes.length);
});

test("however often rotations go round, only the switch touches the slot in use", () => {
  let state: SlotState = { active: "A" };
  const touched: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (const stage of stages) {
      const entered = {
        fill: () => begun(state, now),
        switch: () => state,
        retire: () => retiring(state, undefined),
      }[stage]();
      const slot = changedSlot(entered, stage);
      touched.push(`${stage} ${slot}${slot === entered.active ? " in use" : ""}`);
      state = after(entered, stage, now);
    }
  }

  expect(touched).toEqual([
    ...["fill B", "switch B in use", "retire A"],
    ...["fill A", "switch A in use", "retire B"],
    ...["fill B", "switch B in use", "retire A"],
  ]);
  expect(state).toEqual({ active: "B", since: "2026-11-25" });
});

test("a stage cannot be left by a rotation that is in another one", () => {
  expect(() => after({ active: "A" }, "switch", now)).toThrow("not in stage switch");
  expect(() => retiring({ active: "A" }, undefined)).toThrow("nothing waits");
});
