import { resourceName } from "../../../constructs/naming.ts";
import { asEditor } from "../media/as-editor.ts";
import type { Incident } from "./incident.ts";

/** No worker runs, while somebody uploads. */
export const stoppedWorker: Incident = {
  name: "a stopped worker",
  cause: "no instance of the worker runs, and a film is uploaded",
  service: "api",
  objectives: ["oldest-job"],
  begin: async (stage) => {
    const { cloud, films } = stage;
    const resume = cloud.digitalOcean.halt(resourceName(cloud.environment.config), "worker");
    await asEditor(stage, 21, (editor) => editor.upload(films.short));
    return () => {
      resume();
      return Promise.resolve();
    };
  },
};
