import { resourceName } from "../../../constructs/naming.ts";
import { asEditor } from "./as-editor.ts";
import type { Stage } from "./stage.ts";
import { notMadeOnce } from "./storage.ts";

/** A worker that is killed in the middle of a preview: another one makes it, and nothing is made twice. */
export async function killedWorker(stage: Stage): Promise<void> {
  const { cloud, films, tell, expect } = stage;
  await asEditor(stage, 12, async (editor, ledger) => {
    tell("a worker is killed while it makes a preview");
    const asset = await editor.upload(films.long);
    const working = await editor.reached(asset, "processing");
    expect("a worker had begun", working.status === "processing" || [working.status]);
    cloud.digitalOcean.crash(resourceName(cloud.environment.config), "worker");
    const settled = await editor.settled(asset);
    expect("its preview is finished all the same", settled.status === "ready" || [settled.status]);
    expect("it was finished once", notMadeOnce(cloud, [asset]));
    expect("no valid request was refused", ledger.refused());
  });
}
