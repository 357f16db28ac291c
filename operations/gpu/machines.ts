import { z } from "zod";

import { machineNumberOf, machineNumbers, machineResource } from "../../constructs/gpu/names.ts";
import {
  type WorkerSources,
  workerImage,
  workerSettings,
} from "../../constructs/gpu/worker-settings.ts";
import type { Session } from "../context/session.ts";
import { managedIn } from "../terraform/managed.ts";
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

const madeSchema = z.looseObject({
  input: z.looseObject({
    value: z.looseObject({ image: z.string(), settings: z.string(), storage_key: z.string() }),
  }),
});

/** The machines in a state of the GPU stack. */
export function machinesIn(text: string): Machine[] {
  const standing = managedIn(text).map(({ type, address, instances: [attributes] }) => {
    return { type, number: machineNumberOf(address), attributes };
  });
  const madeFrom = (number: number): MadeFrom | undefined => {
    const found = standing.find((one) => one.type === "terraform_data" && one.number === number);
    const value = madeSchema.safeParse(found?.attributes).data?.input.value;
    return value && { image: value.image, settings: value.settings, storageKey: value.storage_key };
  };
  return standing
    .flatMap(({ type, number, attributes }): Machine[] =>
      type === "digitalocean_droplet" && attributes?.id
        ? [{ number, droplet: attributes.id, made: madeFrom(number) }]
        : [],
    )
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
