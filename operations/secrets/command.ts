import type { Command } from "commander";

import { environmentCommand } from "../command/action.ts";
import type { Outcome } from "../command/outcome.ts";
import type { Progress } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import { sealEnvironment } from "./sealing.ts";

/** `mam secrets`: what secrets there are, and what becomes of them. */
export function declareSecrets(program: Command): void {
  const secrets = program
    .command("secrets")
    .description("lists, checks, makes, seals and rotates secrets; a value is never shown");
  environmentCommand(
    secrets,
    "seal",
    "writes the app's ciphertexts into <environment>.sealed.json, and takes plaintext out of the state",
    ["mam secrets seal production"],
    seal,
  );
}

async function seal(session: Session, _: object, progress: Progress): Promise<Outcome> {
  const { app, components } = await sealEnvironment(session, progress);
  const { name } = session.environment.config;
  const count = Object.values(components).flatMap(Object.keys).length;
  return {
    ok: true,
    data: { environment: name, app, sealed: count },
    text: `${count} secrets of ${name} are sealed. Commit ${name}.sealed.json.\n`,
  };
}
