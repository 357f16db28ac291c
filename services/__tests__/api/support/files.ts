import type { Person } from "./person.ts";

/** An upload as the api describes it. */
export interface UploadView {
  readonly id: string;
  readonly partBytes: number;
  readonly parts: number;
  readonly size: number;
}

/** An asset as the api describes it. */
export interface AssetView {
  readonly id: string;
  readonly status: string;
  readonly size: number;
  readonly fileName: string;
  readonly playable: boolean;
  readonly reason?: string;
  readonly progress?: number;
  readonly media?: object;
  readonly poster?: string;
  readonly lockedUntil?: string;
}

/** An error as the api answers it. */
export interface ErrorView {
  readonly error: { readonly code: string; readonly message: string; readonly missing?: number[] };
}

/** Bytes that differ from part to part. */
export function bytesOf(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += 4096) bytes.writeUInt32LE(at, Math.min(at, size - 4));
  return bytes;
}

/** Begins an upload. */
export async function begin(person: Person, fileName: string, size: number): Promise<UploadView> {
  const { body } = await person.call<UploadView>("POST", "/api/uploads", {
    body: { fileName, size },
  });
  return body;
}

/** Signs parts and sends them as a browser does. @returns the status of each */
export async function sendParts(
  person: Person,
  { id, partBytes }: UploadView,
  file: Buffer,
  numbers: readonly number[],
): Promise<number[]> {
  const { body } = await person.call<{ urls: Record<string, string> }>(
    "POST",
    `/api/uploads/${id}/urls`,
    { body: { numbers } },
  );
  const sent = numbers.map((number) =>
    fetch(body.urls[number] ?? "", {
      method: "PUT",
      body: new Uint8Array(file.subarray((number - 1) * partBytes, number * partBytes)),
    }),
  );
  return (await Promise.all(sent)).map(({ status }) => status);
}

/** Uploads a whole file. @returns the asset that it became */
export async function upload(person: Person, fileName: string, file: Buffer): Promise<AssetView> {
  const begun = await begin(person, fileName, file.length);
  await sendParts(
    person,
    begun,
    file,
    Array.from({ length: begun.parts }, (_, index) => index + 1),
  );
  const { body } = await person.call<{ asset: AssetView }>(
    "POST",
    `/api/uploads/${begun.id}/complete`,
  );
  return body.asset;
}
