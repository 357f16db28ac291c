import { type Box, boxAt, copyBox, readBoxes } from "./boxes.ts";
import { addFragment } from "./fragment.ts";
import { lengthOf, pictureTrack, timeScale, trackNumber, writeHeader } from "./header.ts";
import { Samples } from "./samples.ts";
import { splitFilm } from "./split.ts";

/** Seconds that are not worth a correction: lengths are known to a tenth of a second. */
const frameAtLeast = 0.15;

/** Lengths of a film, in seconds. */
export interface FilmLengths {
  /** Of the longest track. */
  readonly film: number;
  readonly picture: number;
}

/**
 * Makes an ordinary MP4 file, which plays and seeks everywhere, from the fragments that ffmpeg writes where it cannot go
 * back to the beginning of its output. The header stands first and is written last: whoever stores the file keeps its
 * beginning until then.
 */
export class FilmFile {
  readonly #tracks = new Map<number, Samples>();
  #type: Box | undefined;
  #header: Box | undefined;
  #mediaBytes = 0;

  /** Takes the fragments, and yields what they hold of media. */
  async *media(fragments: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
    for await (const piece of splitFilm(fragments)) {
      if ("media" in piece) {
        this.#mediaBytes += piece.media.length;
        yield piece.media;
      } else this.#take(piece.box);
    }
  }

  /** How long it lasts, in seconds. */
  get lengths(): FilmLengths {
    const { body } = boxAt(this.#moovOf(0), "mvhd");
    const film = body.readUInt32BE(16) / timeScale({ type: "mvhd", body });
    const scale = timeScale(boxAt(this.#moov, "mvhd"));
    const track = pictureTrack(this.#moov)?.track;
    return { film, picture: track ? lengthOf(track, this.#tracks, scale) / scale : 0 };
  }

  /** Makes the last frame stand until the film is so many seconds long, if that is later than it ends by itself. */
  standUntil(seconds: number): void {
    const { track, scale = 1 } = pictureTrack(this.#moov) ?? {};
    const more = seconds - this.lengths.picture;
    if (track && more > frameAtLeast)
      this.#tracks.get(trackNumber(track))?.extend(Math.round(more * scale));
  }

  /** What stands before the media. */
  header(): Buffer {
    const type = this.#type ? copyBox(this.#type) : Buffer.alloc(0);
    const mediaHeader = Buffer.alloc(16);
    // A size of 1 says that the size follows in 64 bits.
    mediaHeader.writeUInt32BE(1);
    mediaHeader.write("mdat", 4, "latin1");
    mediaHeader.writeBigUInt64BE(BigInt(this.#mediaBytes + mediaHeader.length), 8);
    const length = type.length + copyBox(this.#moovOf(0)).length + mediaHeader.length;
    return Buffer.concat([type, copyBox(this.#moovOf(length)), mediaHeader]);
  }

  get #moov(): Box {
    if (!this.#header) throw new Error("a film without a header");
    return this.#header;
  }

  /** The header of the file, for media that begin at `origin`; its length does not depend on it. */
  #moovOf(origin: number): Box {
    const [moov] = readBoxes(writeHeader(this.#moov, this.#tracks, origin));
    if (!moov) throw new Error("a film without a header");
    return moov;
  }

  #take(box: Box): void {
    if (box.type === "ftyp") this.#type = box;
    if (box.type === "moof") addFragment(box, this.#tracks, this.#mediaBytes);
    if (box.type !== "moov") return;
    this.#header = box;
    for (const trak of readBoxes(box.body).filter(({ type }) => type === "trak"))
      this.#tracks.set(trackNumber(trak), new Samples());
  }
}
