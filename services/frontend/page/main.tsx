import { render } from "preact";

import { readConfiguration } from "./configuration.ts";
import { restoreSession } from "./session/restore-session.ts";
import { App } from "./shell/app.tsx";
import { createPlatform, PlatformContext } from "./shell/platform.ts";
import { followAddresses, route } from "./shell/routes.ts";

const platform = createPlatform(readConfiguration(document));
const root = document.getElementById("page");
if (!root) throw new Error("the document has no place for the page");

followAddresses();
addEventListener("beforeunload", (event) => {
  if (platform.uploads.underWay.value.length > 0) event.preventDefault();
});
render(
  <PlatformContext.Provider value={platform}>
    <App />
  </PlatformContext.Provider>,
  root,
);
if (route.value.name !== "shared") void restoreSession(platform);
// Loaded ahead: the first film starts at once, and is not lost to a release that comes between.
addEventListener("load", () => {
  void import("hls.js/light").catch(() => undefined);
});
