import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { terraformWorker } from "@mam-infra/engines";

import { openHcp, terraformIn } from "./terraform.ts";

/** HCP Terraform that executes runs by the real Terraform, and Terraform in a directory whose workspace is remote. */
export async function openRemote() {
  const environment: Record<string, string> = {};
  const openRun = terraformWorker({ environment: () => environment });
  const opened = await openHcp({ openRun });
  const terraform = await terraformIn(opened.hcp.url, "mam-staging-app");
  environment.TF_CLI_CONFIG_FILE = join(terraform.directory, "cli.tfrc");
  const workspace = () =>
    opened.hcp.store.workspaces.find(({ name }) => name === "mam-staging-app")!;
  return {
    ...opened,
    terraform,
    workspace,
    runs: () => opened.hcp.store.runs,
    rewrite: (configuration: object) =>
      writeFile(join(terraform.directory, "more.tf.json"), JSON.stringify(configuration)),
    close: async () => {
      await opened.hcp.close();
      await terraform.remove();
    },
  };
}

/** Waits until something is so. @throws Error when it is not within ten minutes */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tenth = 0; tenth < 6000; tenth += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it did not become so within ten minutes");
}
