import type { Finding } from "../context/finding.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { Judgement, Override } from "../gate/gate.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { lastGood, recordEntry } from "../ledger/ledger.ts";
import { oddityLines } from "../ledger/oddities.ts";
import { ledgerOf } from "../ledger/place.ts";
import { type Blame, blameOf } from "../ledger/settings.ts";
import type { LedgerStore } from "../ledger/store.ts";
import { releaseFile, writeRelease } from "../release/release-file.ts";
import { throwIfAborted } from "@mam-infra/clients/abort";
import { pushUnsaved } from "../state/push.ts";
import { attempt } from "./attempt.ts";
import { examine } from "./examination.ts";
import { outcomesBefore, recordedStacks } from "./execution.ts";
import { type Preparation, prepareDeployment } from "./preparation.ts";
import { currentHistory, endedEntry, newEntry, recordOrSay } from "./record.ts";
import type { Attempt } from "./result.ts";
import { besidesImages, imagesAreNotAll, nextStep } from "./take-back.ts";
import { renderNext, renderPreparation, renderRefusal, renderResult } from "./text.ts";

/** How an environment is deployed. */
export interface DeploymentOptions {
  readonly kind: LedgerEntry["kind"];
  /** Asks whether what the text says may be done; not called when nothing would change. */
  readonly confirm: (text: string) => Promise<boolean>;
  /** Rules of the gate that a person lets pass, with a reason. */
  readonly overrides: readonly Override[];
  /** Whether every stack is planned, also one that says what was deployed last. */
  readonly all: boolean;
  /** Whether a failed deployment of the app is followed by one of the last good release. */
  readonly rollbackOnFailure: boolean;
}

/** What became of it. */
export interface DeploymentResult {
  /** Whether the release runs, verified and recorded. */
  readonly ok: boolean;
  /** What the ledger says; undefined when nothing was begun. */
  readonly entry: LedgerEntry | undefined;
  readonly findings: readonly Finding[];
  /** For a terminal; ends with what to do next, if anything. */
  readonly text: string;
}

/**
 * Brings an environment to what its files say: asks the doctor, plans, asks the gate, has it confirmed, applies the
 * saved plans, waits for the release to run, seals and verifies, and records all of it.
 *
 * @throws Interrupted when the command is interrupted before anything was changed.
 */
export async function deployEnvironment(
  session: Session,
  options: DeploymentOptions,
  progress: Progress,
): Promise<DeploymentResult> {
  const store = ledgerOf(session);
  const { name } = session.environment.config;
  // First, because whatever is read of a state would be read of an older one.
  await pushUnsaved(session, progress);
  const history = await progress.step("reading the ledger", async (tell) => {
    const read = await currentHistory(store);
    for (const line of oddityLines(read.oddities)) tell(line);
    return read;
  });
  const examination = await examine(session, { ...options, history }, progress);
  if (!examination.judgement.ok) return refused(name, examination.judgement);
  const preparation = await prepareDeployment(session, examination, options, progress);
  const { judgement, changes } = preparation;
  if (!judgement.ok) return refused(name, judgement);
  if (changes && !(await options.confirm(renderPreparation(preparation)))) {
    const text = `${name}: not confirmed. Nothing was changed.\n`;
    return { ok: false, entry: undefined, findings: judgement.findings, text };
  }
  throwIfAborted(session.interruption, "nothing was changed");
  const done = await carryOut(store, options, preparation, progress);
  const { entry, ended, lost } = done;
  const blame = blameOf(history.entries, entry);
  const way = await nextStep(preparation.session, ended, blame);
  if (ended.failure && options.rollbackOnFailure) {
    const failed = { ...done, entries: history.entries, blame, way };
    return goBack(preparation.session, options, failed, progress);
  }
  return {
    ok: ended.result === "succeeded" && lost === "",
    entry,
    findings: ended.findings,
    text: `${renderResult(session.environment, entry, ended)}${lost}${renderNext(name, ended, way)}`,
  };
}

function refused(name: string, judgement: Judgement): DeploymentResult {
  const { findings } = judgement;
  return { ok: false, entry: undefined, findings, text: renderRefusal(name, judgement) };
}

/** A deployment that is over. */
interface Done {
  readonly entry: LedgerEntry;
  readonly ended: Attempt;
  /** A line about an entry that could not be recorded. */
  readonly lost: string;
}

/** Does what was prepared, between an entry that says so and one that says what became of it. */
async function carryOut(
  store: LedgerStore,
  { kind, overrides }: DeploymentOptions,
  preparation: Preparation,
  progress: Progress,
): Promise<Done> {
  const outcomes = outcomesBefore(preparation);
  const begun = await newEntry(preparation.session, {
    kind,
    overrides: [...overrides],
    stacks: recordedStacks(preparation, outcomes),
    findings: [],
  });
  await progress.step(`recording release ${begun.id}`, () => recordEntry(store, begun));
  const ended = await attempt(preparation, outcomes, progress);
  const { files } = begun;
  const recorded = {
    ...begun,
    stacks: recordedStacks(
      {
        stacks: ended.storage
          ? { ...preparation.stacks, storage: ended.storage }
          : preparation.stacks,
      },
      outcomes,
    ),
    ...(files && ended.sealedFile !== undefined ? { files: { ...files, sealed: true } } : {}),
  };
  const entry = endedEntry(recorded, ended);
  return { entry, ended, lost: await recordOrSay(preparation.session, entry) };
}

/** A deployment whose app failed, and what there is to go back to. */
interface Failed extends Done {
  readonly entries: readonly LedgerEntry[];
  readonly blame: Blame | undefined;
  readonly way: string | undefined;
}

/** Deploys the last good release after one that failed, without a question. Both are recorded. */
async function goBack(
  session: Session,
  options: DeploymentOptions,
  { entry: failed, ended, lost, entries, blame, way }: Failed,
  progress: Progress,
): Promise<DeploymentResult> {
  const { environment } = session;
  const { name } = environment.config;
  const text = `${renderResult(environment, failed, ended)}${lost}`;
  const target = blame?.images === false ? undefined : lastGood(entries, environment.release);
  if (!target) {
    const nowhere = blame
      ? "No rollback was made.\n"
      : "There is no other good release in the ledger to go back to.\n";
    const next = renderNext(name, ended, way);
    const { findings } = ended;
    return { ok: false, entry: failed, findings, text: `${text}${nowhere}${next}` };
  }
  const release = { images: target.images };
  writeRelease(session, release);
  const back = await deployEnvironment(
    { ...session, environment: { ...environment, release } },
    {
      ...options,
      kind: "rollback",
      rollbackOnFailure: false,
      confirm: () => Promise.resolve(true),
    },
    progress,
  );
  const entry: LedgerEntry = back.ok ? { ...failed, result: "rolled back" } : failed;
  const lostToo = back.ok ? await recordOrSay(session, entry) : "";
  const heading = `\nGoing back to the images of release ${target.id}; ${releaseFile(session)} says so too:\n`;
  const others = back.ok ? await besidesImages(session, target, failed) : [];
  const rest = imagesAreNotAll(target, others);
  return { ...back, ok: false, entry, text: `${text}${heading}${back.text}${lostToo}${rest}` };
}
