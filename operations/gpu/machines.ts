import { z } from "zod";

import { machineNumbers, machineResource } from "../../constructs/gpu/names.ts";
import {
  type WorkerSources,
  workerImage,
  workerSettings,
} from "../../constructs/gpu/worker-settings.ts";
import type { Session } from "../context/session.ts";
import { readState } from "../terraform/states.ts";

/** What a machine is made from. A machine of something else has to be replaced. */
export interface MadeFrom {
  readonly image: string;
  readonly settings: string;
  /** Id of its storage key; undefined while nobody knows which one will be active. */
  readonly storageKey: string | undefined;
}

/** A machine that the state of the GPU stack has. */
export interface Machine {
  readonly number: number;
  /** Id of the Droplet. */
  readonly droplet: string;
  readonly made: MadeFrom | undefined;
}

/** What becomes of machines, by their numbers. */
export interface MachineChanges {
  readonly made: readonly number[];
  readonly replaced: readonly number[];
  readonly removed: readonly number[];
}

const instances = z.array(z.looseObject({ attributes: z.unknown() }));
const stateSchema = z.looseObject({
  resources: z.array(z.looseObject({ type: z.string(), name: z.string(), instances })).default([]),
});
const dropletSchema = z.looseObject({ id: z.string() });
const madeSchema = z.looseObject({
  input: z.looseObject({
    value: z.looseObject({ image: z.string(), settings: z.string(), storage_key: z.string() }),
  }),
});

/** The machines in a state of the GPU stack. */
export function machinesIn(text: string): Machine[] {
  const { resources } = stateSchema.parse(JSON.parse(text));
  const attributesOf = (type: string, ending: string): unknown =>
    resources.find((one) => one.type === type && one.name.endsWith(ending))?.instances[0]
      ?.attributes;
  return resources
    .filter(({ type, instances: held }) => type === "digitalocean_droplet" && held.length > 0)
    .map(({ name }): Machine => {
      const number = Number(/_(\d+)$/.exec(name)?.[1]);
      const droplet = dropletSchema.parse(attributesOf("digitalocean_droplet", `_${number}`));
      const made = madeSchema.safeParse(attributesOf("terraform_data", `_${number}`)).data;
      const value = made?.input.value;
      return {
        number,
        droplet: droplet.id,
        made: value && {
          image: value.image,
          settings: value.settings,
          storageKey: value.storage_key,
        },
      };
    })
    .toSorted((one, other) => one.number - other.number);
}

/** The machines that the GPU stack's state has; none where the stack was never deployed. */
export async function standingMachines(session: Session): Promise<readonly Machine[]> {
  const text = await readState(session, "gpu");
  return text === undefined ? [] : machinesIn(text);
}

/** What the machines of an environment have to be made from. */
export function wantedOf(sources: WorkerSources, storageKey: string | undefined): MadeFrom {
  return { image: workerImage(sources), settings: workerSettings(sources), storageKey };
}

/** What has to become of the machines that stand. */
export function machineChanges(
  config: WorkerSources["config"],
  standing: readonly Machine[],
  wanted: MadeFrom,
): MachineChanges {
  const numbers = machineNumbers(config);
  const standingOf = (number: number) => standing.find((one) => one.number === number);
  return {
    made: numbers.filter((number) => !standingOf(number)),
    replaced: numbers.filter((number) => {
      const machine = standingOf(number);
      return machine !== undefined && differs(machine.made, wanted);
    }),
    removed: standing.map(({ number }) => number).filter((number) => !numbers.includes(number)),
  };
}

function differs(made: MadeFrom | undefined, wanted: MadeFrom): boolean {
  return (
    made?.image !== wanted.image ||
    made.settings !== wanted.settings ||
    made.storageKey !== wanted.storageKey
  );
}

/** Whether anything becomes of them. */
export function hasChanges({ made, replaced, removed }: MachineChanges): boolean {
  return made.length + replaced.length + removed.length > 0;
}

/** Address of a machine in Terraform. */
export function machineAddress(number: number): string {
  return `digitalocean_droplet.${machineResource(number)}`;
}
