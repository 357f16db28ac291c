import { createContext } from "preact";
import { useContext } from "preact/hooks";

import { ApiClient } from "../api/client.ts";
import type { Configuration } from "../configuration.ts";
import { LibraryStore } from "../library/library-store.ts";
import { SessionStore } from "../session/session-state.ts";
import { UploadMemory } from "../uploads/memory.ts";
import { UploadQueue } from "../uploads/upload-queue.ts";
import { announce } from "./announcer.tsx";

/** What the parts of the page share. */
export interface Platform {
  readonly configuration: Configuration;
  readonly client: ApiClient;
  readonly session: SessionStore;
  readonly library: LibraryStore;
  readonly uploads: UploadQueue;
}

/** Puts together what the parts of the page share. */
export function createPlatform(configuration: Configuration): Platform {
  const session: SessionStore = new SessionStore(() => {
    client.forget();
  });
  const client = new ApiClient(configuration.apiPath, (current) => {
    session.set(current);
  });
  const library = new LibraryStore(client);
  const uploads = new UploadQueue({
    client,
    memory: new UploadMemory(localStorage),
    signedIn: (stop) => session.signedIn(stop),
    onAsset: (asset) => {
      library.take(asset);
      announce(`${asset.fileName} is uploaded.`);
    },
  });
  return { configuration, client, session, library, uploads };
}

/** How parts of the page get at it. */
export const PlatformContext = createContext<Platform | undefined>(undefined);

/** What the parts of the page share. @throws Error outside of the page. */
export function usePlatform(): Platform {
  const platform = useContext(PlatformContext);
  if (!platform) throw new Error("there is no platform around this part of the page");
  return platform;
}
