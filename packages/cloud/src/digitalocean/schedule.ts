/** Something that the platform does by itself, later. */
export type PlatformEvent =
  | { readonly kind: "database-ready"; readonly database: string }
  | {
      readonly kind: "database-resized";
      readonly database: string;
      readonly size: string;
      readonly num_nodes: number;
      readonly storage_size_mib: number;
    }
  | {
      readonly kind: "database-migrated";
      readonly database: string;
      readonly region: string;
      readonly private_network_uuid: string;
    }
  | { readonly kind: "database-upgraded"; readonly database: string; readonly version: string }
  | { readonly kind: "database-destroyed"; readonly database: string }
  | { readonly kind: "droplet-boots" | "droplet-stops"; readonly droplet: number }
  | { readonly kind: "deployment-advances"; readonly app: string; readonly deployment: string }
  | { readonly kind: "domain-advances"; readonly app: string; readonly domain: string };

/** An event with its time. */
export interface ScheduledEvent {
  /** Virtual time in milliseconds since the epoch. */
  readonly at: number;
  readonly event: PlatformEvent;
}

/** Puts an event some virtual seconds after a point in time. */
export function scheduleAfter(
  schedule: ScheduledEvent[],
  from: Date,
  seconds: number,
  event: PlatformEvent,
): void {
  schedule.push({ at: from.getTime() + seconds * 1000, event });
}

/** Takes the earliest event that is due; of two at the same time, the one that was scheduled first. */
export function takeDue(schedule: ScheduledEvent[], now: Date): ScheduledEvent | undefined {
  const due = schedule
    .filter(({ at }) => at <= now.getTime())
    .toSorted((first, second) => first.at - second.at)[0];
  if (due) schedule.splice(schedule.indexOf(due), 1);
  return due;
}
