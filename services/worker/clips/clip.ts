import type { Colour } from "./inspect.ts";

/** What is to come out of a clip that becomes a preview. */
export interface Accepted {
  readonly accepted: true;
  /** Size of the preview, upright. */
  readonly size: readonly [width: number, height: number];
  /** Frames of the preview; default: those of the master. */
  readonly frames?: number;
  /** Seconds of the picture's frames; default: those of the master. */
  readonly seconds?: number;
  readonly hasAudio: boolean;
}

/** What is to come out of a clip that does not. */
export interface NotAccepted {
  readonly accepted: false;
  /** What the person reads. */
  readonly words: RegExp;
}

/** A kind of file that people bring. */
export interface Clip {
  /** In kebab case; also the asset's id. */
  readonly name: string;
  /** What it is, for a table that people read. */
  readonly what: string;
  /** Name of its file; the end says which container ffmpeg writes. */
  readonly file: string;
  /** What ffmpeg makes it from: arguments before the name of the file. */
  readonly make: readonly string[];
  /** What is done to the file's bytes then; default nothing. */
  readonly change?: (bytes: Buffer) => Buffer;
  readonly outcome: Accepted | NotAccepted;
  /** Colours of the preview's first frame; default: any. */
  readonly corners?: { readonly upperLeft: Colour; readonly lowerRight: Colour };
}
