import { Editor } from "../../platform/people/editor.ts";
import { Ledger } from "../../platform/people/ledger.ts";
import { withPeople } from "../../platform/people/crowd.ts";
import type { Stage } from "./stage.ts";
import { notMadeOnce } from "./storage.ts";

/** Requests without which nobody can say that people were there: a few a second, for a few seconds. */
const fewest = 20;

/**
 * Does something to the platform while people upload, watch and look through the library, and states that none of them
 * noticed.
 *
 * @param what is done, as the end of a sentence.
 */
export async function meanwhile<T>(
  stage: Stage,
  what: string,
  watched: string,
  action: () => Promise<T>,
): Promise<T> {
  const { cloud, places, films, tell, expect, totals } = stage;
  tell(`${what}, while people upload and watch`);
  const occupation = { places, film: films.short, watched };
  const { result, ledger, uploaded } = await withPeople(occupation, action);
  expect(`${what}: no valid request was refused`, ledger.refused());
  expect(`${what}: people were there all the time`, ledger.sent >= fewest || [`${ledger.sent}`]);
  totals.sent += ledger.sent;
  totals.refused += ledger.refused().length;
  expect(`${what}: no upload was lost`, await lost(stage, uploaded));
  expect(`${what}: no preview was made twice`, notMadeOnce(cloud, uploaded));
  return result;
}

/** Uploads that did not become a preview, each with what it became. */
async function lost({ place, totals }: Stage, assets: readonly string[]): Promise<string[]> {
  const ledger = new Ledger();
  const editor = new Editor(place, ledger, 11);
  try {
    await editor.signIn();
    const found = [];
    for (const asset of assets) found.push(await editor.settled(asset));
    return found
      .filter(({ status }) => status !== "ready")
      .map(({ id, status, reason }) => `${id} is ${status} ${reason ?? ""}`);
  } finally {
    totals.sent += ledger.sent;
    await editor.close();
  }
}
