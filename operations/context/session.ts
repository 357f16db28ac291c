import { setTimeout } from "node:timers/promises";

import { environmentContract } from "../../constructs/app/contract.ts";
import { logCredentials } from "../../constructs/app/log-destination.ts";
import { environments } from "../../environments/index.ts";
import { type Environment, loadEnvironments } from "../../environments/loading/load.ts";
import { regions } from "../../environments/platform/regions.ts";
import { type Endpoints, endpointsOf, endpointsVariable } from "../../stacks/endpoints.ts";
import { placeOf } from "./place.ts";
import { type RunFolder, openRunFolder } from "./run-folder.ts";
import type { Sleep } from "@mam-infra/clients/retry";
import { type ClientOptions, type Clients, createClients } from "./clients.ts";
import { thisHolder, typedCommand } from "./holder.ts";
import { once } from "./once.ts";
import { type Output, outputTo, processStreams } from "./output.ts";
import { type Redactor, redactorOf } from "./redaction.ts";
import type { Variables } from "./variables.ts";

/** What every command works with: one environment, and the platforms that it stands on. */
export interface Session {
  readonly environment: Environment;
  /** Directory of the project, absolute. */
  readonly project: string;
  /** Directory of the release and sealed files. */
  readonly releases: string;
  readonly endpoints: Endpoints;
  readonly clients: Clients;
  /** Secrets that a person supplies as TF_VAR_*, by their name in the contract. */
  readonly supplied: Readonly<Record<string, string>>;
  /** The environment variables of the process, to be handed on to Terraform. */
  readonly variables: Variables;
  /** Ends early what the command is doing: Ctrl-C, or a cancelled CI job. */
  readonly interruption: AbortSignal;
  /** Ends what has to be finished after an interruption: a second signal. */
  readonly urgency: AbortSignal;
  /** Is told of every secret that passes, and takes all of them out of what is written. */
  readonly redactor: Redactor;
  /** Where everything is printed. */
  readonly output: Output;
  /** What only this process works on and reads; made at the first call. */
  readonly run: () => RunFolder;
  /** Ends the connections, and removes what was worked on. */
  readonly close: () => Promise<void>;
}

/** From what a session is made. */
export interface SessionOptions {
  /** Name of the environment. */
  readonly name: string;
  readonly project: string;
  readonly variables: Variables;
  readonly interruption: AbortSignal;
  /** Given by a second signal; never without it. */
  readonly urgency?: AbortSignal;
  /** Waits between attempts; by the wall clock without it. */
  readonly sleep?: Sleep;
  /** One that knows secrets already; by default one that knows those among the variables. */
  readonly redactor?: Redactor;
  /** Where the command says what it has to say; the process's own streams without it. */
  readonly output?: Output;
}

/**
 * Opens a session. Nothing is asked of a platform yet.
 *
 * @throws InvalidEnvironments when the environment's files have findings.
 */
export function openSession(options: SessionOptions): Session {
  const { name, project, variables, interruption, sleep = wait } = options;
  const { redactor = redactorOf(variables), urgency = new AbortController().signal } = options;
  const { output = outputTo(processStreams(), redactor) } = options;
  const releases = variables.MAM_RELEASE_DIRECTORY ?? "environments";
  const [environment] = loadEnvironments({ inputs: environments, only: name, directory: releases });
  if (!environment) throw new Error(`no environment was loaded for ${name}`);
  const endpoints = endpointsOf(environment.config, variables[endpointsVariable]);
  const wasabiRegion = regions[environment.config.network.region].wasabi;
  const said = { variables, interruption, urgency, output, redactor };
  const clients = openClients({ endpoints, wasabiRegion }, said, sleep);
  const { run, remove } = prepareRun(options);
  return {
    environment,
    project,
    releases,
    endpoints,
    clients,
    supplied: suppliedSecrets(variables),
    variables,
    interruption,
    urgency,
    redactor,
    output,
    run,
    close: async () => {
      remove();
      await clients.close();
    },
  };
}

/**
 * The session for what has to be finished after an interruption, such as saying in the ledger what became of a release.
 *
 * @param deadline ends it too.
 */
export function finishing(session: Session, deadline?: AbortSignal): Session {
  const { urgency, clients } = session;
  const interruption = deadline ? AbortSignal.any([urgency, deadline]) : urgency;
  return { ...session, interruption, urgency: interruption, clients: clients.finishing(deadline) };
}

/** The run folder, made when something is first put into it. */
function prepareRun({ name, project, variables }: SessionOptions) {
  const made: RunFolder[] = [];
  const run = once(() => {
    const folder = openRunFolder(placeOf(project, variables), name, thisHolder(typedCommand()));
    made.push(folder);
    return folder;
  });
  const remove = () => {
    for (const folder of made.splice(0)) folder.remove();
  };
  return { run, remove };
}

/** The secrets of the contract, and of the log service, that the process has as TF_VAR_*. */
function suppliedSecrets(variables: Variables): Readonly<Record<string, string>> {
  const names = [
    ...environmentContract.filter(({ source }) => source.kind === "secret").map(({ name }) => name),
    ...Object.values(logCredentials),
  ];
  const supplied = names.map((name) => [name, variables[`TF_VAR_${name.toLowerCase()}`]] as const);
  return Object.fromEntries(
    supplied.filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

/**
 * Connections that say what they wait for, and teach the redactor what passes; nothing is asked of a platform yet.
 *
 * @param place where the platforms are: a session's own, or near what somebody else made.
 */
export function openClients(
  place: Pick<ClientOptions, "endpoints" | "wasabiRegion">,
  { output, redactor, variables, interruption, urgency }: ClientsOwner,
  sleep: Sleep = wait,
): Clients {
  return createClients({
    ...place,
    variables,
    sleep,
    interruption,
    urgency,
    tell: (text) => {
      output.tell(`${text}\n`);
    },
    hear: (said) => {
      redactor.learnFrom(said);
    },
  });
}

type ClientsOwner = Pick<Session, "output" | "redactor" | "variables" | "interruption" | "urgency">;

const wait: Sleep = (seconds, signal) =>
  setTimeout(seconds * 1000, undefined, signal ? { signal } : {});
