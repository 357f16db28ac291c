import { withPeople } from "../../platform/people/crowd.ts";
import { asEditor, count } from "./as-editor.ts";
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
  const { cloud, places, films, tell, expect } = stage;
  tell(`${what}, while people upload and watch`);
  const occupation = { places, film: films.short, watched };
  const { result, ledger, uploaded } = await withPeople(occupation, action);
  expect(`${what}: no valid request was refused`, ledger.refused());
  expect(`${what}: people were there all the time`, ledger.sent >= fewest || [`${ledger.sent}`]);
  count(stage, ledger);
  expect(`${what}: no upload was lost`, await lost(stage, uploaded));
  expect(`${what}: no preview was made twice`, notMadeOnce(cloud, uploaded));
  return result;
}

/** Uploads that did not become a preview, each with what it became. */
async function lost(stage: Stage, assets: readonly string[]): Promise<string[]> {
  return asEditor(stage, 11, async (editor) => {
    const found = [];
    for (const asset of assets) found.push(await editor.settled(asset));
    return found
      .filter(({ status }) => status !== "ready")
      .map(({ id, status, reason }) => `${id} is ${status} ${reason ?? ""}`);
  });
}
