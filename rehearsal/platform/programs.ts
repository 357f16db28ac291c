import { join } from "node:path";

import type { ImageName } from "../../environments/schema/environment.ts";
import type { ImageMaker } from "../harness/rehearsal-cloud.ts";
import type { BuiltServices } from "./services.ts";

/** What the backup is on this machine: its client programs are no Node.js, and find no name by themselves. */
const backupProgram = join(import.meta.dirname, "backup-program.mjs");

/** Images whose programs misbehave, as a person's own sometimes do. */
const faulty = join(import.meta.dirname, "faulty-images");

/**
 * Makes images that are programs: the reference services, or one that misbehaves in the way that is asked for.
 *
 * @param clients directory with PostgreSQL's client programs, which the backup's image has in another place.
 */
export function programsOf({ directory }: BuiltServices, clients: string): ImageMaker {
  const program = (home: string) => ({
    program: { directory: home, command: ["node", "dist/main.js"] as const },
  });
  return (name: ImageName, { healthy, migration } = {}) => {
    if (healthy === false) return program(join(faulty, "unhealthy"));
    if (migration === "fails") return program(join(faulty, "no-migration"));
    const { program: found } = program(join(directory, name));
    if (name !== "backup") return { program: found };
    return {
      program: { ...found, command: ["node", backupProgram, clients] },
    };
  };
}
