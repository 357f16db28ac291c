import { textIn, type ResourceData } from "../../src/engine/data.ts";
import { ProviderCrash, ProviderFailure } from "../../src/engine/failure.ts";
import { repeatUntilGone } from "../../src/engine/repeat.ts";
import type { BlockSchema } from "../../src/schemas/index.ts";
import {
  computed,
  id,
  openProbe,
  optional,
  type Probe,
  type ProbeResource,
} from "../support/probe.ts";
import type { TerraformDirectory, TerraformResult } from "../support/terraform.ts";

const noteOnly: BlockSchema = { attributes: { id, note: optional("string") }, block_types: {} };
const done = () => Promise.resolve();
const fail = () => Promise.reject(new ProviderFailure("the platform refused"));
const sound: ProbeResource = {
  block: noteOnly,
  behaviour: {},
  create: (data) => {
    data.id = "it";
    return done();
  },
  read: done,
  update: done,
  delete: done,
};

/** Rules as the platform holds them: it gives each an id, and each address in it one too. */
function withIds(data: ResourceData): void {
  const rules = data.blocks("rule").map((rule) => ({
    ...rule,
    uuid: `uuid of ${textIn(rule, "name")}`,
    address: (rule.address as { ip: string }[]).map(({ ip }) => ({ ip, uuid: `uuid of ${ip}` })),
  }));
  data.set("rule", rules);
}

const resources: Readonly<Record<string, ProbeResource>> = {
  probe_sets: {
    ...sound,
    block: {
      attributes: { id },
      block_types: {
        rule: {
          nesting_mode: "set",
          block: {
            attributes: { name: optional("string"), uuid: computed },
            block_types: {
              address: {
                nesting_mode: "set",
                block: {
                  attributes: { ip: optional("string"), uuid: computed },
                  block_types: {},
                },
              },
            },
          },
        },
      },
    },
    create: (data) => {
      data.id = "it";
      withIds(data);
      return done();
    },
    update: (data) => {
      withIds(data);
      return done();
    },
  },
  probe_half: {
    ...sound,
    create: (data) => {
      data.id = "half";
      return fail();
    },
  },
  probe_refused: { ...sound, create: fail },
  probe_update: { ...sound, update: fail },
  probe_partial: {
    ...sound,
    update: (data) => {
      data.partial = true;
      return fail();
    },
  },
  probe_crash: {
    ...sound,
    update: (data) => {
      data.set("note", "lost");
      return Promise.reject(new ProviderCrash("it always does."));
    },
  },
  probe_fixed: {
    ...sound,
    behaviour: { force_new: ["note"] },
  },
  probe_slow: {
    ...sound,
    block: {
      ...noteOnly,
      block_types: {
        timeouts: {
          nesting_mode: "single",
          block: { attributes: { delete: optional("string") }, block_types: {} },
        },
      },
    },
    behaviour: { timeouts: { delete: 3600 } },
    delete: (data, context) =>
      repeatUntilGone(context, data.timeoutSeconds("delete"), () => Promise.resolve(true)),
  },
};

let probe: Probe;
let directory: TerraformDirectory;
let created: TerraformResult;
let afterwards: TerraformResult;
let updated: TerraformResult;
let later: TerraformResult;

/** Every resource type once; those that fail to be created apart. */
const configuration = (note: string, names: readonly string[]) =>
  probe.configuration({
    ...Object.fromEntries(names.map((name) => [name, { a: { note } }])),
    probe_sets: {
      a: {
        rule: ["one", "two", ...(note === "new" ? ["three"] : [])].map((name) => ({
          name,
          address: [{ ip: `${name}-a` }, { ip: `${name}-b` }],
        })),
      },
    },
  });
const updating = ["probe_update", "probe_partial", "probe_crash", "probe_fixed"];

beforeAll(async () => {
  probe = await openProbe(resources);
  directory = probe.directory();
  created = await directory.apply(
    configuration("old", ["probe_half", "probe_refused", ...updating]),
  );
  afterwards = await directory.plan(
    configuration("old", ["probe_half", "probe_refused", ...updating]),
  );
  updated = await directory.apply(configuration("new", updating));
  later = await directory.plan(configuration("new", updating));
});
afterAll(async () => {
  await probe.close();
});

describe("a creation that fails", () => {
  test("half-way leaves a tainted object, which the next plan replaces", () => {
    expect(created.errors).toContain("probe_half.a: the platform refused.");
    expect(afterwards.changes["probe_half.a"]).toBe("replace");
  });

  test("before there is an object leaves nothing", () => {
    expect(created.errors).toContain("probe_refused.a: the platform refused.");
    expect(afterwards.changes["probe_refused.a"]).toBe("create");
  });
});

describe("an update that fails", () => {
  test("writes what was wanted into the state all the same: the next plan finds nothing to do", () => {
    expect(updated.errors).toContain("probe_update.a: the platform refused.");
    expect(directory.stored("probe_update.a")?.attributes.note).toBe("new");
    expect(later.changes["probe_update.a"]).toBeUndefined();
  });

  test("leaves the state as it was when the resource asks for it", () => {
    expect(directory.stored("probe_partial.a")?.attributes.note).toBe("old");
    expect(later.changes["probe_partial.a"]).toBe("update");
  });

  test("by a crash of the program leaves the state as it was", () => {
    expect(updated.errors).toContain(
      "probe_crash.a: The real provider crashes here: it always does..",
    );
    expect(directory.stored("probe_crash.a")?.attributes.note).toBe("old");
  });
});

test("a change that cannot be made replaces the object", () => {
  expect(updated.changes["probe_fixed.a"]).toBe("replace");
});

test("sets with computed values inside sets with computed values do not differ, until one changes", () => {
  expect(afterwards.changes["probe_sets.a"]).toBeUndefined();
  expect(updated.changes["probe_sets.a"]).toBe("update");
  expect(later.changes["probe_sets.a"]).toBeUndefined();
  expect(directory.stored("probe_sets.a")?.attributes.rule).toContainEqual({
    name: "three",
    uuid: "uuid of three",
    address: [
      { ip: "three-a", uuid: "uuid of three-a" },
      { ip: "three-b", uuid: "uuid of three-b" },
    ],
  });
});

test("an operation gives up when its configured time is over, not before", async () => {
  const slow = probe.directory();
  await slow.apply(probe.configuration({ probe_slow: { a: { timeouts: { delete: "1m30s" } } } }));
  probe.waits.length = 0;
  const { errors } = await slow.destroy();
  const waited = probe.waits.reduce((sum, seconds) => sum + seconds, 0);

  expect(errors).toEqual(["found resource."]);
  expect(waited).toBeGreaterThan(80);
  expect(waited).toBeLessThanOrEqual(90);
});

test("nothing of this is a mistake of the rehearsal", () => {
  expect(probe.findings()).toEqual([]);
});
