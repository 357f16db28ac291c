/** The build of hls.js without what our previews do not have: encryption, subtitles, several sound tracks. */
declare module "hls.js/light" {
  export {
    default,
    type ErrorData,
    Events,
    ErrorTypes,
    type HlsConfig,
    type LoadPolicy,
  } from "hls.js";
}
