import type { Schema } from "../../../../../rehearsal/conformance/description.ts";
import {
  type Edit,
  edited,
  editsOf,
  sent,
} from "../../../../../rehearsal/scenarios/hostile/drift/edits.ts";

const schema: Schema = {
  type: "object",
  required: ["name"],
  properties: {
    name: { type: "string" },
    size: { type: "integer", minimum: 1, maximum: 5 },
    mode: { type: "string", enum: ["one", "two"] },
    id: { type: "string", readOnly: true },
    rules: {
      type: "array",
      items: { type: "object", properties: { key: { type: "string" }, on: { type: "boolean" } } },
    },
  },
};

const standing = { name: "mam", size: 5, id: "1", rules: [{ key: "a", on: true }] };
const known = { sensible: () => [], replaces: true };
const edits = editsOf(schema, standing, known);
const named = (field: string, kind: string) =>
  edits.find((one) => one.field === field && one.kind === kind)!;
const after = (edit: Edit) => sent(edited(standing, edit, edit.candidates[0]));

test("every field is changed, set, or left out, and every element of a list goes and gets company", () => {
  expect(edits.map(({ field, kind }) => `${field} ${kind}`)).toEqual([
    "name changed",
    "size changed",
    "size left out",
    "mode set",
    "rules[a].on changed",
    "rules[a].on left out",
    "rules[a] removed",
    "rules[+] added",
  ]);
});

test("another value keeps within the bounds, and is one that the description allows", () => {
  expect(named("size", "changed").candidates[0]).toBe(4);
  expect(named("mode", "set").candidates[0]).toBe("two");
});

test("only the field of an edit is another in what is sent", () => {
  expect(after(named("rules[a].on", "changed"))).toEqual({
    ...standing,
    rules: [{ key: "a", on: false }],
  });
  expect(after(named("size", "left out"))).toEqual({ name: "mam", id: "1", rules: standing.rules });
  expect(after(named("rules[a]", "removed"))).toEqual({ ...standing, rules: [] });
});

test("what lies in something that goes has no place any more", () => {
  const without = edited(standing, named("rules[a]", "removed"), undefined);

  expect(edited(without, named("rules[a].on", "changed"), false)).toBeUndefined();
});

test("of a form that keeps what is left out nothing is left out", () => {
  const kept = editsOf(schema, standing, { ...known, replaces: false });

  expect(kept.filter(({ kind }) => kind === "left out")).toEqual([]);
});
