import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Environment } from "../../../environments/loading/load.ts";
import type { Clients } from "../../../operations/context/clients.ts";
import { type Progress, plainProgress } from "../../../operations/context/progress.ts";
import type { Session } from "../../../operations/context/session.ts";
import type { Variables } from "../../../operations/context/variables.ts";
import type { LedgerEntry } from "../../../operations/ledger/entry.ts";
import { recordEntry } from "../../../operations/ledger/ledger.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { writeRelease } from "../../../operations/release/release-file.ts";
import { type AnyStack, stackName } from "../../../operations/terraform/stack-kinds.ts";
import { type Bucket, openBucket } from "./bucket.ts";
import { recordedDigitalOcean } from "./digitalocean.ts";
import { anInternet } from "./internet.ts";
import { type Journal, openJournal } from "./journal.ts";
import { type RecordedPlatform, answersOf, aPlatform } from "./platform.ts";
import { recordedWeb } from "./web.ts";
import { aSession, recordedClients } from "./session.ts";
import { type RecordedTerraform, recordedTerraform } from "./terraform.ts";

/** Everything that a command about an environment works with, recorded: nothing leaves this process but Terraform. */
export interface World {
  readonly session: Session;
  readonly platform: RecordedPlatform;
  /** The state bucket: states, locks and the ledger. */
  readonly bucket: Bucket;
  readonly terraform: RecordedTerraform;
  readonly journal: Journal;
  /** Notes every step that begins, and what is told of it. */
  readonly progress: Progress;
  /** Interrupts the command. */
  readonly interrupt: () => void;
  /** Notes each question, and gives the answers one after the other. */
  readonly confirm: (...answers: readonly boolean[]) => (text: string) => Promise<boolean>;
  /** Puts entries into the ledger, which no journal notes. */
  readonly remember: (...entries: readonly LedgerEntry[]) => Promise<void>;
  /** The ledger's entries. */
  readonly entries: () => LedgerEntry[];
  readonly close: () => Promise<void>;
}

/** What a world is made of. */
export interface WorldParts {
  readonly environment: Environment;
  /** The one that was deployed last. @defaultValue `environment` */
  readonly deployed?: Environment;
  readonly platform?: RecordedPlatform;
  readonly variables?: Variables;
}

/** Opens a world in a directory of its own. Its release file says what the environment does. */
export function openWorld({ environment, deployed, variables, ...parts }: WorldParts): World {
  const directory = mkdtempSync(join(tmpdir(), "mam-world-"));
  mkdirSync(join(directory, "environments"));
  const journal = openJournal(join(directory, "journal"));
  const { platform = aPlatform(deployed ?? environment) } = parts;
  const terraform = recordedTerraform(join(directory, "terraform"), journal);
  let known: LedgerEntry[] = [];
  const bucket = openBucket(journal, (key, text) => {
    if (!isLedger(key)) return `writes ${key}`;
    const before = known.map((entry) => JSON.stringify(entry));
    known = entriesIn(text);
    const written = known.filter((entry) => !before.includes(JSON.stringify(entry)));
    return `ledger: ${written.map(({ result }) => result).join()}`;
  });
  const controller = new AbortController();
  const clients = (interruption: AbortSignal): Partial<Clients> => ({
    digitalOcean: () => recordedDigitalOcean(() => answersOf(platform), journal, interruption),
    spaces: () => bucket.client(interruption),
    internet: anInternet,
    web: recordedWeb(journal),
  });
  const finishing = recordedClients(clients(new AbortController().signal));
  const session = aSession({
    environment,
    project: directory,
    variables: { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: terraform.program, ...variables },
    interruption: controller.signal,
    clients: { ...clients(controller.signal), finishing: () => finishing },
  });
  writeRelease(session, environment.release);
  return {
    ...{ session, platform, bucket, terraform, journal },
    progress: plainProgress((line) => {
      journal.note(line);
    }),
    interrupt: () => {
      controller.abort();
    },
    confirm: (...answers) => {
      const left = [...answers];
      return () => {
        journal.note("asks whether to go on");
        return Promise.resolve(left.shift() ?? false);
      };
    },
    remember: async (...entries) => {
      const silent = openBucket({ ...journal, note: () => undefined }, () => "");
      const spaces = () => silent.client(new AbortController().signal);
      const store = ledgerOf({ ...session, clients: { ...session.clients, spaces } });
      for (const entry of entries) await recordEntry(store, entry);
      for (const [key, text] of silent.objects) {
        bucket.objects.set(key, text);
        known = entriesIn(text);
      }
    },
    entries: () => {
      const key = [...bucket.objects.keys()].find(isLedger);
      return key === undefined ? [] : entriesIn(bucket.objects.get(key) ?? "");
    },
    close: async () => {
      await session.close();
      rmSync(directory, { recursive: true });
    },
  };
}

const isLedger = (key: string) => key.endsWith(".ledger.json");

function entriesIn(text: string): LedgerEntry[] {
  return (JSON.parse(text) as { readonly releases: LedgerEntry[] }).releases;
}

/** Puts a state of a stack into a world's bucket. */
export function hasState(world: World, part: AnyStack, state: object = { resources: [] }): void {
  const { name } = world.session.environment.config;
  const text = JSON.stringify({ version: 4, lineage: `that of ${part}`, ...state });
  world.bucket.objects.set(`${stackName(name, part)}.tfstate`, text);
}

/** Steps that are no effect by themselves, and say of the reads behind them what they are for. */
const steps = new Set(["doctor", "waiting for the release to run", "verifying"]);

const effect = /^(terraform (plan|apply|refresh|untaint)|DigitalOcean|ledger|asks|writes|tells:) ?/;

/** What had an effect, in order; what one command does to several stacks side by side is in the order of the alphabet. */
export function effectsOf({ journal }: World): string[] {
  const lines = journal.lines().filter((line) => steps.has(line) || effect.test(line));
  const groups = lines.reduce<string[][]>((made, line) => {
    const last = made.at(-1);
    const isBeside = last?.[0] !== undefined && commandOf(last[0]) === commandOf(line);
    return isBeside ? [...made.slice(0, -1), [...last, line]] : [...made, [line]];
  }, []);
  return groups.flatMap((group) => group.toSorted());
}

/** A line, but for which stack a Terraform is about. */
function commandOf(line: string): string {
  return line.replace(/^(terraform \w+) .*/, "$1");
}
