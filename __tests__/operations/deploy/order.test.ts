import { resourceChange } from "../../support/plans.ts";
import { type World, effectsOf } from "../../support/recorded/world.ts";
import { data, deploy, openChangedWorld, until } from "./support/changed-world.ts";

let world: World;

beforeEach(() => {
  world = openChangedWorld();
});
afterEach(() => world.close());

test("a deployment examines, plans, asks, records, applies, waits, verifies, and records again", async () => {
  const result = await deploy(world);

  expect(effectsOf(world)).toEqual(until());
  expect(result).toMatchObject({ ok: true, entry: { result: "succeeded", deployment: "second" } });
  expect(result.text).toMatch(/runs, and is verified \(\d+ s\)\.\n$/);
  expect(world.entries()).toEqual([result.entry]);
  expect(result.entry?.verified).toMatchObject({
    passed: expect.any(Number),
    failed: 0,
    skipped: expect.arrayContaining(["storage-allowed"]),
  });
});

/** Something by which a deployment does not begin. */
interface Refusal {
  readonly when: string;
  readonly arrange?: (opened: World) => void;
  readonly options?: (opened: World) => Parameters<typeof deploy>[1];
  readonly effects: readonly string[];
  readonly says: RegExp;
}

const refusals: readonly Refusal[] = [
  {
    when: "the doctor finds something",
    options: () => ({ overrides: [] }),
    effects: until("doctor"),
    says: /red-doctor[^]*production: nothing was changed\.\n$/,
  },
  {
    when: "a stack cannot be planned",
    arrange: ({ terraform }) => {
      terraform.fails(data, "plan", "Invalid value");
    },
    effects: until("terraform plan production-storage"),
    says: /terraform plan failed for production-data\n.*Invalid value/,
  },
  {
    when: "the gate refuses a plan",
    arrange: ({ terraform }) => {
      const destroyed = resourceChange("digitalocean_vpc.network", ["delete"], { before: {} });
      terraform.plans(data, { resource_changes: [destroyed] });
    },
    effects: until("terraform plan production-storage"),
    says: /\(stateful\)[^]*production: nothing was changed\.\n$/,
  },
  {
    when: "nobody confirms",
    options: ({ confirm }) => ({ confirm: confirm(false) }),
    effects: until("asks whether to go on"),
    says: /^production: not confirmed\. Nothing was changed\.\n$/,
  },
  {
    when: "the ledger cannot be written",
    arrange: ({ bucket }) => bucket.refused.add("production.ledger.json"),
    effects: until("asks whether to go on"),
    says: /AccessDenied/,
  },
  {
    when: "it is interrupted while the doctor is asked",
    arrange: ({ journal, interrupt }) => {
      journal.after("doctor", interrupt);
    },
    effects: until("doctor"),
    says: /^AbortError: interrupted: /,
  },
  {
    when: "it is interrupted while somebody is asked",
    arrange: ({ journal, interrupt }) => {
      journal.after("asks whether to go on", interrupt);
    },
    effects: until("asks whether to go on"),
    says: /^AbortError: interrupted: nothing was changed$/,
  },
];

test.each(refusals)("when $when, nothing is changed and nothing is recorded", async (refusal) => {
  refusal.arrange?.(world);
  const said = await deploy(world, refusal.options?.(world)).then(
    ({ ok, entry, text }) => ({ ok, entry, text }),
    (error: unknown) => ({ ok: false, entry: undefined, text: String(error) }),
  );

  expect(effectsOf(world)).toEqual(refusal.effects);
  expect(said).toEqual({ ok: false, entry: undefined, text: expect.stringMatching(refusal.says) });
  expect(world.entries()).toEqual([]);
});
