/** Asks a person whether what a text says may be done; with the command's own question, or another one. */
export type Confirm = (text: string, question?: string) => Promise<boolean>;
