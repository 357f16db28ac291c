import { Editor } from "../../platform/people/editor.ts";
import { Ledger } from "../../platform/people/ledger.ts";
import type { Stage } from "./stage.ts";

/** Adds what a ledger has to what people sent so far. */
export function count({ totals }: Stage, ledger: Ledger): void {
  totals.sent += ledger.sent;
  totals.refused += ledger.refused().length;
}

/**
 * Lets somebody use the platform with the account of whoever tells the story, and counts what they sent.
 *
 * @param person an address of their own.
 */
export async function asEditor<T>(
  stage: Stage,
  person: number,
  play: (editor: Editor, ledger: Ledger) => Promise<T>,
): Promise<T> {
  const ledger = new Ledger();
  const editor = new Editor(stage.place, ledger, person, stage.interruption);
  try {
    return await play(editor, ledger);
  } finally {
    count(stage, ledger);
    await editor.close();
  }
}
