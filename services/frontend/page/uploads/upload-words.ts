import { ApiError, wordsOf } from "../api/errors.ts";
import { leftWords, sizeWords } from "../shell/words.ts";
import type { FileUpload, Phase } from "./file-upload.ts";
import type { Trouble } from "./persistence.ts";

/**
 * Where an upload is, in words.
 *
 * @param now by the page's monotonic clock, in milliseconds.
 */
export function uploadWords(upload: FileUpload, now: number): string {
  const trouble = upload.trouble.value;
  if (trouble) return troubleWords(trouble, now);
  return words[upload.phase.value](upload, sizeWords(upload.file.size));
}

/** What each phase says, of an upload and the size of its file. */
const words: Readonly<Record<Phase, (upload: FileUpload, size: string) => string>> = {
  waiting: (_upload, size) => `${size}, waiting for its turn`,
  preparing: (_upload, size) => `${size}, preparing`,
  sending: sendingWords,
  finishing: (_upload, size) => `${size}, checking what arrived`,
  paused: ({ sent }, size) => `Paused at ${sizeWords(sent.value)} of ${size}`,
  done: (_upload, size) => `${size}, uploaded`,
  failed: ({ failure }) => failure.value ?? "It failed.",
  cancelled: () => "Cancelled",
};

/** Why an upload failed, in words. */
export function failureWords(error: unknown): string {
  if (error instanceof ApiError && error.code === "file-too-large") {
    const { maximumBytes } = error.details;
    if (typeof maximumBytes === "number")
      return `This file is too large: ${sizeWords(maximumBytes)} is the most.`;
  }
  return wordsOf(error);
}

/** How much of an upload has left, in whole percent. */
export const percentOf = ({ sent, file }: FileUpload): number =>
  file.size === 0 ? 0 : Math.floor((100 * sent.value) / file.size);

function troubleWords({ words, until }: Trouble, now: number): string {
  if (until === undefined) return words;
  const seconds = Math.max(1, Math.round((until - now) / 1000));
  return `${words} Trying again in ${seconds} s.`;
}

function sendingWords({ sent, speed, secondsLeft }: FileUpload, size: string): string {
  const amount = `${sizeWords(sent.value)} of ${size}`;
  if (speed.value === undefined || secondsLeft.value === undefined) return amount;
  return `${amount}, ${sizeWords(speed.value)}/s, ${leftWords(secondsLeft.value)} left`;
}
