import { request } from "undici";
import { z } from "zod";

import type { ScenarioContext } from "../../harness/scenario.ts";

/** The page of an environment, which goes on by itself, as somebody has it open. */
export interface OpenPage {
  /** What it says is wrong now, a sentence each. Reads go on while somebody asks. */
  problems(): Promise<readonly string[]>;
  /** Ends the command that serves it. @returns what speaks against it having ended well. */
  close(): Promise<string[]>;
}

const boardSchema = z.object({ problems: z.array(z.string()) });

/** Opens the page with `mam dashboard open`, and looks at what its script reads. */
export async function openPage({
  sealedMam,
}: Pick<ScenarioContext, "sealedMam">): Promise<OpenPage> {
  const address = /http:\/\/127\.0\.0\.1:\d+\/\w+\//;
  const serving = await sealedMam.begin(address, "dashboard", "open", "--no-browser");
  const [url] = serving.match;
  return {
    problems: async () => {
      const { body } = await request(`${url}board.json`);
      return boardSchema.parse(await body.json()).problems;
    },
    close: async () => {
      const { exitCode, log } = await serving.end();
      return exitCode === 0 || exitCode === 130 ? [] : [`exit code ${exitCode}, see ${log}`];
    },
  };
}
