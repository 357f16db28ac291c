import { existsSync, readFileSync } from "node:fs";

import { suites } from "../../rehearsal/scenarios/index.ts";
import type { Guard } from "../../scripts/landmines/landmine.ts";
import { minefields } from "../../scripts/landmines/landmines.ts";

const rows = minefields.flatMap(({ letter, landmines }) =>
  landmines.map((landmine, index) => ({ number: `${letter}${index + 1}`, ...landmine })),
);

test("none of the landmines that were counted is missing", () => {
  expect(minefields.map(({ letter, landmines }) => [letter, landmines.length])).toEqual([
    ["D", 27],
    ["W", 20],
    ["C", 10],
    ["I", 10],
  ]);
});

const checks = readFileSync("docs/checks.md", "utf8");
const acts = suites.flatMap(({ scenarios }) => scenarios.map(({ name }) => name));

/** Why a guard is none; nothing when it is there. */
function missing(guard: Guard): string | undefined {
  switch (guard.kind) {
    case "check":
      return checks.includes(`| \`${guard.id}\``) ? undefined : `there is no check ${guard.id}`;
    case "act":
      return acts.includes(guard.name) ? undefined : `there is no act ${guard.name}`;
    default: {
      const wanted = guard.kind === "line" ? guard.text : guard.name;
      if (!existsSync(guard.file)) return `there is no ${guard.file}`;
      const stands = wanted !== "" && readFileSync(guard.file, "utf8").includes(wanted);
      return stands ? undefined : `${guard.file} has no "${wanted}"`;
    }
  }
}

test.each(rows)("$number is kept off by what is there: $what", ({ guards }) => {
  expect(guards.map(missing).filter((problem) => problem !== undefined)).toEqual([]);
});
