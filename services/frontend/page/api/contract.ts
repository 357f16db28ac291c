/** Who is signed in. */
export interface User {
  readonly id: string;
  readonly email: string;
}

/** Answer to signing in and to renewing a session. */
export interface Session {
  readonly accessToken: string;
  /** Seconds for which the access token is accepted. */
  readonly expiresIn: number;
  readonly user: User;
}

/** Where an asset is on its way from an upload to a preview. */
export type AssetStatus =
  "uploaded" | "promoting" | "promoted" | "processing" | "ready" | "refused" | "failed";

/** What the worker found in the film. */
export interface Media {
  /** Seconds. */
  readonly duration: number;
  readonly width: number;
  readonly height: number;
}

/** An asset of the library. */
export interface Asset {
  readonly id: string;
  readonly fileName: string;
  /** Bytes of the original. */
  readonly size: number;
  readonly status: AssetStatus;
  /** Why it is refused or failed, for a person. */
  readonly reason?: string;
  /** How much is copied to masters, or made of the preview, in percent. */
  readonly progress?: number;
  /** Whether a player may begin, though the rest is still being made. */
  readonly playable: boolean;
  readonly media?: Media;
  /** Link to a picture of it, where there is one. */
  readonly poster?: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** A page of a list, newest first. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

/** An upload that was begun. */
export interface Upload {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  /** Bytes of every part but the last. Fixed when the upload began. */
  readonly partBytes: number;
}

/** A part that storage has. */
export interface StoredPart {
  readonly number: number;
  readonly bytes: number;
}

/** An upload as it stands. */
export interface UploadState extends Upload {
  readonly status: string;
  readonly parts: readonly StoredPart[];
  /** The asset that it became, once it is complete. */
  readonly assetId?: string;
}

/** Addresses by part number, and the seconds for which storage accepts them. */
export interface PartAddresses {
  readonly urls: Readonly<Record<string, string>>;
  readonly expiresIn: number;
}

/** Links to what the edge has of an asset. */
export interface Playback {
  readonly hls: string;
  readonly mp4: string;
  readonly poster: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** A link for somebody who has no account. */
export interface Share {
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}
