import { bucketName } from "../../../constructs/storage/tiers.ts";
import type { Editor } from "../../platform/people/editor.ts";
import { asEditor } from "../media/as-editor.ts";
import type { Incident } from "./incident.ts";

/** Films whose previews fail: enough to be judged, and more than were made before. */
const films = 8;

/** Seconds in which three attempts at every film are over, with the pauses of the worker between them. */
const patience = 300;

/**
 * Previews cannot be stored, as on a full disk: their jobs fail at every attempt and become dead letters. What ends it is
 * what docs/alerts.md says: the cause is mended, and each preview asked for again.
 */
export const failingPreviews: Incident = {
  name: "failing previews",
  cause: `storage takes no previews, and ${films} films are uploaded`,
  service: "api",
  objectives: ["failed-jobs", "dead-letters"],
  begin: async (stage) => {
    const { cloud, films: onDisk } = stage;
    const bucket = bucketName(cloud.environment.config, "previews");
    cloud.faults.add({
      platform: "wasabi",
      path: `^/${bucket}/`,
      method: "PUT",
      kind: "error-before-effect",
      times: Number.MAX_SAFE_INTEGER,
    });
    const assets = await asEditor(stage, 22, async (editor) => {
      const uploaded: string[] = [];
      for (let film = 0; film < films; film += 1) uploaded.push(await editor.upload(onDisk.short));
      await settle(editor, uploaded);
      return uploaded;
    });
    return async () => {
      cloud.faults.clear();
      await asEditor(stage, 23, async (editor) => {
        for (const asset of assets) await editor.previewAgain(asset);
        await settle(editor, assets);
      });
    };
  },
};

async function settle(editor: Editor, assets: readonly string[]): Promise<void> {
  for (const asset of assets) await editor.settled(asset, patience);
}
