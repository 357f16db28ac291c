import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";

import type { ObjectInfo } from "../media/conditions.ts";
import { type StorageAnswer, readAnswer } from "./answers.ts";
import type { Sink } from "./connection.ts";
import { type Answered, Connections } from "./connections.ts";
import { Deadline } from "./deadline.ts";
import { isMissing, refusalOf } from "./refusals.ts";
import { SignedRequests, type Wanted } from "./requests.ts";

/** What storage answers, with the bytes about to come. */
export type Opened = StorageAnswer & {
  /** Hands every byte on, and fails when storage breaks off before the last. */
  readonly forward: (sink: Sink) => Promise<void>;
  /** Has storage stop sending. Harmless when everything came. */
  readonly cancel: () => void;
};

/** What the origin is made from. */
export interface OriginOptions {
  readonly storage: S3Client;
  /** Base of storage's addresses. */
  readonly endpoint: string;
  readonly bucket: string;
  /** Milliseconds that storage has to begin an answer, all attempts together. */
  readonly timeoutMs: number;
}

/**
 * The previews bucket. Bodies come through connections of our own, because a stream of the SDK's client costs two to
 * three times as much time of the CPU. Whatever such a connection does not understand is asked again through the SDK,
 * which knows every error of storage, and tries again where that helps. Nothing is tried again once a body has begun.
 */
export class Origin {
  readonly #options: OriginOptions;
  readonly #connections: Connections;
  readonly #requests: SignedRequests;

  constructor(options: OriginOptions) {
    this.#options = options;
    this.#requests = new SignedRequests(options);
    const { protocol, hostname, port } = new URL(options.endpoint);
    const isEncrypted = protocol === "https:";
    const host = hostname.replace(/^\[|\]$/g, "");
    const address = { host, port: Number(port || (isEncrypted ? 443 : 80)), isEncrypted };
    this.#connections = new Connections(address, options.timeoutMs);
  }

  /**
   * Opens an object.
   *
   * @param viewer aborted when nobody waits any more: storage is not asked further then, and stops sending.
   * @throws RequestError 404 when there is no such object, 504 when storage does not begin in time, 502 when it cannot be
   *   reached or refuses the edge.
   */
  async open(key: string, wanted: Wanted, viewer: AbortSignal): Promise<Opened> {
    const opened = await this.#inTime(viewer, (signal) => this.#ask("GET", key, wanted, signal));
    if (viewer.aborted) opened.cancel();
    else viewer.addEventListener("abort", opened.cancel, { once: true });
    return opened;
  }

  /** What is known of an object; nothing of it is read. Throws what {@link open} throws. */
  async head(key: string, viewer: AbortSignal): Promise<ObjectInfo> {
    const answer = await this.#inTime(viewer, (signal) => this.#ask("HEAD", key, {}, signal));
    if (answer.kind === "object") return answer.info;
    throw refusalOf(new Error(`storage answers HEAD with ${answer.kind}`), false);
  }

  /** Asks whether storage knows the edge's key and has the bucket. Throws what {@link open} throws, but no 404. */
  async probe(): Promise<void> {
    const nobody = new AbortController().signal;
    await this.#inTime(nobody, async (signal) => {
      await this.#explain("health", signal).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    });
  }

  /** Closes the connections that nobody uses. */
  close(): void {
    this.#connections.close();
  }

  async #inTime<Result>(viewer: AbortSignal, ask: (signal: AbortSignal) => Promise<Result>) {
    const deadline = new Deadline(this.#options.timeoutMs, viewer);
    try {
      return await ask(deadline.signal);
    } catch (error) {
      throw viewer.aborted ? error : refusalOf(error, deadline.signal.aborted);
    } finally {
      deadline.end();
    }
  }

  async #ask(method: "GET" | "HEAD", key: string, wanted: Wanted, signal: AbortSignal) {
    const first = await this.#try(method, key, wanted, signal);
    if (first) return first;
    await this.#explain(key, signal);
    const second = await this.#try(method, key, wanted, signal);
    if (second) return second;
    throw new Error("storage has the object, and gives an answer that cannot be used");
  }

  async #try(method: "GET" | "HEAD", key: string, wanted: Wanted, signal: AbortSignal) {
    const request = await this.#requests.head(method, key, wanted);
    try {
      const answered = await this.#connections.ask(request, signal);
      return this.#opened(answered, method);
    } catch (error) {
      if (signal.aborted) throw error;
      return undefined;
    }
  }

  #opened({ connection, head }: Answered, method: "GET" | "HEAD"): Opened | undefined {
    const answer = readAnswer(head);
    const isKept = head.headers.get("connection")?.toLowerCase() !== "close";
    let isOver = false;
    const end = (isWhole: boolean) => {
      if (isOver) return;
      isOver = true;
      if (isWhole && isKept) this.#connections.keep(connection);
      else connection.destroy();
    };
    const length = answer?.kind === "object" && method === "GET" ? answer.length : 0;
    if (!answer || length === 0) end(answer !== undefined && answer.kind !== "unsatisfiable");
    const forward = async (sink: Sink) => {
      try {
        await connection.forward(length, sink);
        end(true);
      } finally {
        end(false);
      }
    };
    const cancel = () => {
      end(false);
    };
    return answer && { ...answer, forward, cancel };
  }

  /** Asks for one byte through the SDK. Throws what is the matter, and nothing when the object can be read. */
  async #explain(key: string, abortSignal: AbortSignal): Promise<void> {
    const { storage, bucket } = this.#options;
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, Range: "bytes=0-0" });
    try {
      const { Body } = await storage.send(command, { abortSignal });
      await Body?.transformToByteArray();
    } catch (error) {
      // An empty object has no first byte.
      if (!(error instanceof Error && error.name === "InvalidRange")) throw error;
    }
  }
}
