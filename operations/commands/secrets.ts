import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { confirmation } from "../deploy/confirmation.ts";
import { checkSecrets } from "./secrets-check.ts";
import { type GenerateOptions, generateSecrets } from "../secrets/generate.ts";
import { listSecrets } from "../secrets/list.ts";
import { type RotateOptions, rotateSecrets } from "./rotate.ts";
import { deploymentTool } from "../deploy/rotation.ts";
import { rotatable } from "../secrets/rotation/names.ts";
import { sealEnvironment } from "../secrets/sealing.ts";

/** `mam secrets`: what secrets there are, and what becomes of them. */
export function declareSecrets(program: Command): void {
  const secrets = program
    .command("secrets")
    .description("lists, checks, makes, seals and rotates secrets; a value is never shown");
  environmentCommand(
    secrets,
    "list",
    "lists every secret, who gets it, whether it is sealed, and its age",
    ["mam secrets list production", "mam secrets list production --json"],
    (session) => listSecrets(session, new Date()),
  );
  environmentCommand(
    secrets,
    "check",
    "checks that every secret is there, sealed, this app's own, and young enough",
    ["mam secrets check production"],
    checkSecrets,
  );
  declareGenerate(secrets);
  environmentCommand(
    secrets,
    "seal",
    "writes the app's ciphertexts into <environment>.sealed.json, and takes plaintext out of the state",
    ["mam secrets seal production"],
    seal,
    () => true,
  );
  declareRotate(secrets);
}

function declareGenerate(secrets: Command): void {
  environmentCommand<GenerateOptions>(
    secrets,
    "generate",
    "makes values for missing secrets, in a file that only you can read and git does not take",
    ["mam secrets generate staging", "mam secrets generate staging --file ~/staging.env"],
    generateSecrets,
  )
    .option("--file <path>", "where to write them; .secrets/<environment>.env without it")
    .option("--stdout", "prints the values instead, and nothing else", false);
}

function declareRotate(secrets: Command): void {
  environmentCommand<RotateOptions & { readonly yes: boolean }>(
    secrets,
    "rotate",
    "replaces secrets without refusing anybody: fill, switch, wait, retire",
    [
      "mam secrets rotate production edge-signing-key",
      "mam secrets rotate production edge-signing-key --retire",
      "mam secrets rotate production storage-keys --yes",
      'mam secrets rotate production jwt-secret --retire --now "the key was published"',
    ],
    rotate,
    () => true,
  )
    .argument("<secret...>", rotatable.join(", "))
    .option("--retire", "ends a rotation: what was replaced is refused from then on", false)
    .option("--now <reason>", "retires at once, although somebody may still need it")
    .option("--yes", "goes on without a question, as CI has to", false);
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

function rotate(
  session: Session,
  options: RotateOptions & { readonly yes: boolean },
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  const confirm = confirmation({
    yes: options.yes,
    command: `mam secrets rotate ${name} ${options.operands.join(" ")}`,
    question: "Go on?",
    input: process.stdin,
    output: session.output,
    interruption: session.interruption,
  });
  const tools = { confirm, deploy: deploymentTool(confirm), now: () => new Date() };
  return rotateSecrets(session, options, tools, progress);
}
