import { resourceName } from "../../../constructs/naming.ts";
import { Editor } from "../../platform/people/editor.ts";
import { Ledger } from "../../platform/people/ledger.ts";
import type { Stage } from "./stage.ts";
import { notMadeOnce } from "./storage.ts";

/** A worker that is killed in the middle of a preview: another one makes it, and nothing is made twice. */
export async function killedWorker(stage: Stage): Promise<void> {
  const { cloud, place, films, tell, expect, totals } = stage;
  const ledger = new Ledger();
  const editor = new Editor(place, ledger, 12);
  try {
    await editor.signIn();
    tell("a worker is killed while it makes a preview");
    const asset = await editor.upload(films.long);
    const working = await editor.reached(asset, "processing");
    expect("a worker had begun", working.status === "processing" || [working.status]);
    cloud.digitalOcean.crash(resourceName(cloud.environment.config), "worker");
    const settled = await editor.settled(asset, 240);
    expect("its preview is finished all the same", settled.status === "ready" || [settled.status]);
    expect("it was finished once", notMadeOnce(cloud, [asset]));
    expect("no valid request was refused", ledger.refused());
  } finally {
    totals.sent += ledger.sent;
    totals.refused += ledger.refused().length;
    await editor.close();
  }
}
