import { noFilm } from "../../platform/films.ts";
import type { Editor } from "../../platform/people/editor.ts";
import type { Ledger } from "../../platform/people/ledger.ts";
import { watch } from "../../platform/people/viewer.ts";
import { asEditor } from "./as-editor.ts";
import { shares } from "./shares.ts";
import type { Stage } from "./stage.ts";
import { masterBytes, notMadeOnce } from "./storage.ts";

/** Seconds of the large film. */
const length = 9;

/**
 * The way of one film: uploaded in parts with the network cut in the middle, promoted, previewed, played by signed
 * addresses. And of a file that is no film.
 *
 * @returns the asset of the film.
 */
export function firstFilm(stage: Stage): Promise<string> {
  return asEditor(stage, 10, (editor, ledger) => play(stage, editor, ledger));
}

async function play(stage: Stage, editor: Editor, ledger: Ledger): Promise<string> {
  const { cloud, films, tell, expect } = stage;
  tell("an upload in parts, cut in the middle and resumed");
  const asset = await editor.upload(films.large, 2);
  const { status, reason } = await editor.settled(asset);
  expect(
    "a film whose upload was cut becomes a preview",
    status === "ready" || [`${status}: ${reason ?? ""}`],
  );
  expect("its master has every byte", masterBytes(cloud, asset) === films.large.bytes.length);
  expect("its preview was made once", notMadeOnce(cloud, [asset]));

  tell("playing it by signed addresses");
  const watched = await watch(editor, await editor.playback(asset));
  expect("the preview is whole", watched.isWhole);
  const { segmentSeconds } = cloud.environment.config.services.worker;
  const wanted = Math.ceil(length / segmentSeconds);
  expect(
    `its segments last ${segmentSeconds} seconds`,
    watched.segments === wanted || [`${watched.segments} segments of ${watched.seconds} s`],
  );
  expect(
    "it is as long as the master",
    Math.abs(watched.seconds - length) <= 0.1 || [`${watched.seconds} s`],
  );

  tell("a file that is no film");
  const refused = await editor.settled(await editor.upload(noFilm));
  expect(
    "a file that is no film is refused in words",
    refused.status === "refused" && Boolean(refused.reason),
  );
  const library = await editor.library();
  expect("the library shows both", library.length === 2);
  await shares(stage, editor, asset);
  await editor.signOut();
  expect("no valid request was refused", ledger.refused());
  return asset;
}
