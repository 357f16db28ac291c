import { anEnvironment } from "../../support/environments.ts";
import { withGpu } from "../../support/gpu.ts";
import {
  type Machine,
  hasChanges,
  machineChanges,
  machinesIn,
  wantedOf,
} from "../../../operations/gpu/machines.ts";

const environment = anEnvironment(withGpu());
const wanted = wantedOf(environment, "AKIA1");

const machine = (number: number, made: Machine["made"] = wanted): Machine => ({
  number,
  droplet: String(560 + number),
  made,
});

const changesOf = (standing: readonly Machine[], key: string | undefined = "AKIA1", count = 2) => {
  const { config } = anEnvironment(withGpu({ count }));
  return machineChanges(config, standing, wantedOf(environment, key));
};

test("machines that are as they should be are left alone", () => {
  const changes = changesOf([machine(1), machine(2)]);

  expect(changes).toEqual({ made: [], replaced: [], removed: [] });
  expect(hasChanges(changes)).toBe(false);
});

test("what is asked for and does not stand is made, and what is not asked for goes", () => {
  expect(changesOf([])).toEqual({ made: [1, 2], replaced: [], removed: [] });
  expect(changesOf([machine(1), machine(2)], "AKIA1", 1)).toEqual({
    made: [],
    replaced: [],
    removed: [2],
  });
});

test.each([
  ["another image", { ...wanted, image: "mam-worker@sha256:0" }],
  ["other settings", { ...wanted, settings: "0" }],
  ["another storage key", { ...wanted, storageKey: "AKIA0" }],
  ["nobody knows what", undefined],
])("a machine made from %s is replaced", (_what, made) => {
  const broken = { ...machine(2), made };

  expect(changesOf([machine(1), broken])).toEqual({ made: [], replaced: [2], removed: [] });
});

test("a key that is yet to be made replaces all of them", () => {
  const { config } = environment;
  const unknown = wantedOf(environment, undefined);

  expect(machineChanges(config, [machine(1), machine(2)], unknown).replaced).toEqual([1, 2]);
});

test("a state of the stack is read: ids, and what each was made from", () => {
  const value = { image: wanted.image, settings: wanted.settings, storage_key: "AKIA1" };
  const state = {
    resources: [
      {
        mode: "managed",
        type: "digitalocean_tag",
        name: "gpu_tag",
        instances: [{ attributes: { id: "t" } }],
      },
      ...[2, 1].flatMap((number) => [
        {
          mode: "managed",
          type: "digitalocean_droplet",
          name: `gpu_worker_${number}`,
          instances: [{ attributes: { id: String(560 + number), user_data: "hash" } }],
        },
        {
          mode: "managed",
          type: "terraform_data",
          name: `worker_made_from_${number}`,
          instances: [{ attributes: { input: { value, type: ["object", {}] } } }],
        },
      ]),
      // One whose creation failed has no instance.
      { mode: "managed", type: "digitalocean_droplet", name: "gpu_worker_3", instances: [] },
    ],
  };

  expect(machinesIn(JSON.stringify(state))).toEqual([machine(1), machine(2)]);
  expect(machinesIn(JSON.stringify({ version: 4 }))).toEqual([]);
});
