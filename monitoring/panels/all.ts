import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Watched } from "../watched.ts";
import { hostPanels } from "./hosts.ts";
import type { PanelGroup } from "./panel.ts";
import { postgresPanels } from "./postgres.ts";
import { servicePanels } from "./services.ts";

/** Every chart of an environment, in the order in which a person reads them. */
export function panelGroups(config: EnvironmentConfig, watched: Watched): readonly PanelGroup[] {
  return [
    servicePanels(config, watched),
    postgresPanels(config, watched),
    {
      title: "Valkey: sessions and the queue of jobs",
      panels: hostPanels(config, watched, "valkey"),
    },
  ];
}
