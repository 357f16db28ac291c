/** Something that has to be so before states are kept, and how it came to be. */
export interface Done {
  readonly what: string;
  readonly how: "done now" | "so already" | "proved";
}
