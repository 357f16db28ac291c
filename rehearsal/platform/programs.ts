import { join } from "node:path";

import type { ImageName } from "../../environments/schema/environment.ts";
import type { ImageMaker } from "../harness/rehearsal-cloud.ts";
import type { BuiltServices } from "./services.ts";

/** Images whose programs misbehave, as a person's own sometimes do. */
const faulty = join(import.meta.dirname, "faulty-images");

/**
 * Makes images that are programs: the reference services, or one that misbehaves in the way that is asked for.
 */
export function programsOf({ directory }: BuiltServices): ImageMaker {
  const program = (home: string) => ({
    program: { directory: home, command: ["node", "dist/main.js"] as const },
  });
  return (name: ImageName, { healthy, migration } = {}) => {
    if (healthy === false) return program(join(faulty, "unhealthy"));
    if (migration === "fails") return program(join(faulty, "no-migration"));
    return program(join(directory, name));
  };
}
