import { setTimeout as delay } from "node:timers/promises";

import {
  type AssetView,
  type UploadView,
  begin,
  sendParts,
} from "../../__tests__/api/support/files.ts";
import { type Person, signedIn } from "../../__tests__/api/support/person.ts";
import type { Bench } from "../bench.ts";
import { memoryOf } from "../processes.ts";

/** Memory of a process around something, in MiB. */
export interface Memory {
  readonly before: number;
  /** The most of it meanwhile. */
  readonly peak: number;
  readonly after: number;
}

/** Parts that are on their way at a time. */
const partsAtOnce = 2;

/** Milliseconds between two looks at the memory. */
const lookEvery = 50;

/** Milliseconds in which nothing is asked, before memory is compared. */
const rest = 2000;

/** Bytes of the file that is measured, and of one before, whose way has the api's code loaded and compiled. */
const [fileBytes, firstBytes] = [1024 ** 3, 128 * 1024 ** 2];

/** Uploads a file as a person does, and waits until its master is there. The bytes go to storage. */
async function uploadAndPromote(bench: Bench, person: Person, file: Buffer): Promise<void> {
  const upload: UploadView = await begin(person, "film.mov", file.length);
  for (let first = 1; first <= upload.parts; first += partsAtOnce) {
    const numbers = [first, first + 1].filter((number) => number <= upload.parts);
    const statuses = await sendParts(person, upload, file, numbers);
    if (statuses.some((status) => status !== 200))
      throw new Error(`storage answered parts by ${statuses.join(", ")}`);
  }
  await expectOk(person.call("GET", `/api/uploads/${upload.id}`));
  await expectOk(person.call("POST", `/api/uploads/${upload.id}/complete`));
  await expectOk(person.call("POST", `/api/assets/${upload.id}/promote`));
  for (;;) {
    const { body } = await person.call<AssetView>("GET", `/api/assets/${upload.id}`);
    if (!["uploaded", "promoting"].includes(body.status)) return;
    await delay(lookEvery, undefined, { signal: bench.signal });
  }
}

async function expectOk(answer: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`the api answers ${status}: ${JSON.stringify(body)}`);
}

/** The api's memory around an upload of 1 GiB, from its begin to its master. */
export async function memoryOfUpload(bench: Bench, url: string, pid: number): Promise<Memory> {
  const person = await signedIn(url);
  const file = Buffer.alloc(fileBytes, "a film ");
  bench.progress("a first, small upload");
  await uploadAndPromote(bench, person, file.subarray(0, firstBytes));
  await delay(rest, undefined, { signal: bench.signal });
  bench.progress("an upload of 1 GiB");
  const before = memoryOf(pid).now;
  let peak = before;
  const looking = setInterval(() => (peak = Math.max(peak, memoryOf(pid).now)), lookEvery);
  try {
    await uploadAndPromote(bench, person, file);
    await delay(rest, undefined, { signal: bench.signal });
  } finally {
    clearInterval(looking);
  }
  return { before, peak, after: memoryOf(pid).now };
}
