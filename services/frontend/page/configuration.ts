/** What the server of the page knows at its start, and the page cannot know by itself. */
export interface Configuration {
  /** Path of the API on the page's own host, without a slash at its end. */
  readonly apiPath: string;
  /** Base of media, without a slash at its end. */
  readonly edgeBase: string;
  readonly environment: string;
}

/**
 * Reads the configuration that stands in the document.
 *
 * @throws Error when it is not there: the document did not come from the frontend.
 */
export function readConfiguration(document: Document): Configuration {
  const element = document.getElementById("configuration");
  if (!element?.textContent) throw new Error("the document has no configuration");
  return JSON.parse(element.textContent) as Configuration;
}
