import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { OpenPage } from "../../operations/dashboard-page/serve/server.ts";
import type { Environment } from "../../environments/loading/load.ts";
import { succeeded } from "../harness/commands.ts";
import { type Harness, openHarness } from "../harness/rehearsal.ts";
import { seedTags } from "../harness/seeded-images.ts";
import { makeAdministrator } from "./administrator.ts";
import { serveDashboard } from "./dashboard.ts";
import { makeFilms } from "./films.ts";
import { type Lacking, type PlatformParts, preparePlatform } from "./parts.ts";
import { Editor, type Place } from "./people/editor.ts";
import { Ledger } from "./people/ledger.ts";
import { watch } from "./people/viewer.ts";

/** A platform of real programs that was deployed and is used, with the page that shows how it is. */
export interface RunningPlatform extends Harness {
  readonly parts: PlatformParts;
  readonly place: Place;
  readonly dashboard: OpenPage;
  /** Somebody uploads a short film and watches its preview again and again. @throws Error when it does not become one. */
  use(rounds: number): Promise<void>;
  /** Ends everything and removes its files. */
  end(): Promise<void>;
}

/** How it is started. */
export interface RunningOptions {
  readonly environment: Environment;
  /** Called with what goes on, in a few words. */
  readonly tell: (progress: string) => void;
  readonly interruption: AbortSignal;
}

/**
 * Deploys an environment with `mam` on a cloud of its own, in a temporary directory: about half a minute.
 *
 * @throws Error when the deployment fails, with where its log is.
 */
export async function startRunningPlatform({
  environment,
  tell,
  interruption,
}: RunningOptions): Promise<RunningPlatform | Lacking> {
  const project = process.cwd();
  const parts = await preparePlatform(project, { tell, interruption });
  if ("lacking" in parts) return parts;
  const directory = mkdtempSync(join(tmpdir(), "mam-running-"));
  const harness = await openHarness({
    project,
    directory,
    environment,
    providers: "embedded",
    faults: [],
    interruption,
    parts,
  });
  const close = async () => {
    await harness.close(false);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    seedTags(harness.cloud);
    tell(`mam deploy ${environment.config.name}: about half a minute`);
    const [objection] = succeeded(await harness.context.mam.run("deploy", "--yes"));
    if (objection !== undefined) throw new Error(`the deployment failed: ${objection}`);
    const place = await makeAdministrator(harness.cloud, "editor");
    const dashboard = await serveDashboard(harness, interruption);
    return {
      ...harness,
      parts,
      place,
      dashboard,
      use: (rounds) => use({ parts, place, directory, interruption }, rounds),
      end: async () => {
        await dashboard.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Used extends Pick<RunningPlatform, "parts" | "place"> {
  readonly directory: string;
  readonly interruption: AbortSignal;
}

async function use({ parts, place, directory, interruption }: Used, rounds: number): Promise<void> {
  const films = join(directory, "films");
  mkdirSync(films, { recursive: true });
  const { short } = await makeFilms({ ffmpeg: parts.ffmpeg, directory: films, interruption });
  const editor = new Editor(place, new Ledger(), 1, interruption);
  try {
    const asset = await editor.upload(short);
    const { status, reason } = await editor.settled(asset);
    if (status !== "ready") throw new Error(`the film became ${status}: ${reason ?? ""}`);
    for (let round = 0; round < rounds; round += 1) {
      await watch(editor, await editor.playback(asset));
      await editor.library();
    }
  } finally {
    await editor.close();
  }
}
