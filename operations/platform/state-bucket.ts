import { CheckSkipped } from "../context/check.ts";
import type { Session } from "../context/session.ts";

/**
 * The bucket that holds the states.
 *
 * @throws CheckSkipped where states are kept elsewhere, saying who locks them there.
 */
export function stateBucket({ environment }: Session): string {
  const { backend } = environment.config.state;
  switch (backend.kind) {
    case "spaces":
      return backend.bucket;
    case "local":
      throw new CheckSkipped("states are files of this machine, which nobody else can use");
    case "hcp":
      throw new CheckSkipped("HCP Terraform keeps the states, their versions and their locks");
  }
}
