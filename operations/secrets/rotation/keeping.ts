import type { SlottedName } from "../../../environments/schema/rotation.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";

/** How long what was replaced has to be kept, after its successor has taken over everywhere. */
export interface Keeping {
  readonly seconds: number;
  /** What still needs it until then. */
  readonly because: string;
}

type Of = (config: EnvironmentConfig) => Keeping;

const ending =
  (name: "api" | "edge"): Of =>
  ({ services }) => {
    const { drainSeconds, graceSeconds } = services[name].termination;
    return {
      seconds: drainSeconds + graceSeconds,
      because: `an instance of ${name} that is ending may use it for so long`,
    };
  };

const sessions: Of = ({ secrets: { lifetimes } }) => ({
  seconds: lifetimes.refreshTokenDays * 86_400 + lifetimes.clockSkewSeconds,
  because: `whoever signed in with it stays signed in for ${lifetimes.refreshTokenDays} days`,
});

/** The longest lifetime of what each secret opens. */
const keepings: Readonly<Record<SlottedName, Of>> = {
  "edge-signing-key": ({ secrets: { lifetimes } }) => ({
    seconds: lifetimes.shareLinkMinutes * 60 + lifetimes.clockSkewSeconds,
    because: `a link that it signed is valid for ${lifetimes.shareLinkMinutes} minutes`,
  }),
  "jwt-secret": sessions,
  "cookie-secret": sessions,
  "database-user": ending("api"),
  "storage-key-uploader": ({ secrets: { lifetimes } }) => ({
    seconds: lifetimes.uploadUrlSeconds + lifetimes.clockSkewSeconds,
    because: `an upload address that it signed is valid for ${lifetimes.uploadUrlSeconds} seconds`,
  }),
  "storage-key-promoter": ending("api"),
  "storage-key-transcoder": ({ services: { worker } }) => ({
    seconds: worker.termination.graceSeconds,
    because: "a worker that is ending finishes its preview with it",
  }),
  "storage-key-edge-reader": ending("edge"),
  "storage-key-backup-writer": ({ services: { backup } }) =>
    backup.enabled
      ? { seconds: backup.graceSeconds, because: "a dump that is ending is written with it" }
      : { seconds: 0, because: "no component of the app has it" },
};

/** How long what was replaced has to be kept: until then its retirement would refuse somebody. */
export function keepingOf(name: SlottedName, config: EnvironmentConfig): Keeping {
  return keepings[name](config);
}

/** From when on what was replaced may be retired. */
export function retirementTime(
  name: SlottedName,
  config: EnvironmentConfig,
  switched: string,
): Date {
  return new Date(Date.parse(switched) + keepingOf(name, config).seconds * 1000);
}
