import { randomBytes } from "node:crypto";

import { type Statement, statementsOf } from "../statement.ts";
import { unless } from "../tools/ask.ts";
import type { World } from "../world.ts";
import { apiNeeds } from "./needs.ts";
import { addresses, begin, send, signedIn } from "./person.ts";

const uploads = statementsOf("reference api", "docs/uploads.md", apiNeeds);

async function tooLarge(world: World) {
  const person = await signedIn(world);
  const size = Number(world.variable("UPLOAD_MAX_BYTES"));
  const ask = (bytes: number) =>
    person.call("POST", "/api/uploads", { body: { fileName: "film.mov", size: bytes } });
  const [over, exact] = [await ask(size + 1), await ask(size)];
  await person.call("DELETE", `/api/uploads/${String(exact.json.id)}`);
  return [
    unless(413, over, `${size + 1} bytes`),
    over.json.id !== undefined && "an upload was begun all the same",
    unless(201, exact, `${size} bytes, the largest file`),
  ];
}

async function parts(world: World) {
  const person = await signedIn(world);
  const partBytes = Number(world.variable("UPLOAD_PART_BYTES"));
  const begun = await begin(person, 2 * partBytes + 1);
  await person.call("DELETE", `/api/uploads/${begun.id}`);
  return [
    begun.partBytes !== partBytes &&
      `parts of ${begun.partBytes} bytes, UPLOAD_PART_BYTES is ${partBytes}`,
    begun.parts !== 3 && `${begun.parts} parts of a file that has three`,
  ];
}

/** An upload of two parts, the first of which was sent. */
const halfSent = (world: World) =>
  world.once("half an upload", async () => {
    const person = await signedIn(world);
    const partBytes = Number(world.variable("UPLOAD_PART_BYTES"));
    const bytes = randomBytes(partBytes + 1000);
    const begun = await begin(person, bytes.length);
    const { answer, urls } = await addresses(person, begun, [1, 2]);
    const first = bytes.subarray(0, partBytes);
    const last = bytes.subarray(partBytes);
    const longer = await send(urls[2] ?? "", Buffer.concat([last, Buffer.from("x")]));
    const shorter = await send(urls[2] ?? "", last.subarray(1));
    const sent = await send(urls[1] ?? "", first);
    world.atEnd(() => person.call("DELETE", `/api/uploads/${begun.id}`));
    return { person, begun, answer, urls, last, longer, shorter, sent };
  });

async function lengths(world: World) {
  const { urls, longer, shorter, sent } = await halfSent(world);
  const signed = new URL(urls[1] ?? "http://none").searchParams.get("X-Amz-SignedHeaders") ?? "";
  return [
    !signed.split(";").includes("content-length") && `signed headers: ${signed}`,
    sent !== 200 && `a whole part was answered ${sent}`,
    longer !== 403 && `a byte too many was answered ${longer}`,
    shorter !== 403 && `a byte too few was answered ${shorter}`,
  ];
}

async function otherNumbers(world: World) {
  const { person, begun } = await halfSent(world);
  const { answer, urls } = await addresses(person, begun, [3]);
  return [
    answer.status < 400 && `part 3 of 2 was answered with ${answer.status}`,
    Object.keys(urls).length > 0 && "part 3 of 2 was signed",
  ];
}

async function resumed(world: World) {
  const { person, begun } = await halfSent(world);
  const { json } = await person.call("GET", `/api/uploads/${begun.id}`);
  const listed = (json.parts ?? []) as readonly { number: number; bytes: number }[];
  const [first] = listed;
  return [
    listed.length !== 1 && `${listed.length} parts are listed, one was sent`,
    first?.bytes !== begun.partBytes && `part 1 is listed with ${String(first?.bytes)} bytes`,
    json.partBytes !== begun.partBytes && "the size of a part is not told",
  ];
}

async function missing(world: World) {
  const { person, begun } = await halfSent(world);
  const answer = await person.call("POST", `/api/uploads/${begun.id}/complete`);
  const { missing: named } = (answer.json.error ?? {}) as { missing?: readonly number[] };
  return [
    unless(409, answer, "completing half a file"),
    String(named) !== "2" && `part 2 is missing, named: ${String(named)}`,
  ];
}

async function completed(world: World) {
  const { person, begun, last } = await halfSent(world);
  await missing(world);
  const { urls } = await addresses(person, begun, [2]);
  await send(urls[2] ?? "", last);
  const complete = () => person.call("POST", `/api/uploads/${begun.id}/complete`);
  const both = await Promise.all([complete(), complete()]);
  const answers = [...both, await complete()];
  const ids = new Set(answers.map(({ json }) => (json.asset as { id?: string } | undefined)?.id));
  return [
    ...answers.map((answer, index) => unless(200, answer, `completing, call ${index + 1}`)),
    ids.size !== 1 && `the calls name ${ids.size} assets`,
  ];
}

const part = "UPLOAD_PART_BYTES";

/** Uploads, as docs/uploads.md asks of every API. */
export const uploadStatements: readonly Statement[] = [
  uploads({
    id: "api-too-large",
    statement: "a file that is larger than UPLOAD_MAX_BYTES is refused before anything is signed",
    words: "refuse a file that is larger than `UPLOAD_MAX_BYTES` before it signs anything",
    needs: ["UPLOAD_MAX_BYTES"],
    check: tooLarge,
  }),
  uploads({
    id: "api-parts",
    statement: "a file is cut into parts of UPLOAD_PART_BYTES",
    words: "fix the size of the parts when the upload begins",
    needs: [part],
    check: parts,
  }),
  uploads({
    id: "api-part-lengths",
    statement: "each part is signed with its own length, and storage takes no other",
    words: "sign each part with its own length",
    needs: [part],
    check: lengths,
  }),
  uploads({
    id: "api-other-parts",
    statement: "no part is signed that the file does not have",
    words: "It signs no other part numbers than the file has",
    needs: [part],
    check: otherNumbers,
  }),
  uploads({
    id: "api-resume",
    statement: "an upload that goes on is told which parts are there, and their sizes",
    words: "lists the parts, all pages of them",
    needs: [part],
    check: resumed,
  }),
  uploads({
    id: "api-missing-parts",
    statement: "an upload with parts missing is not completed, and they are named",
    words: "refuses to complete, and names them",
    needs: [part],
    check: missing,
  }),
  uploads({
    id: "api-complete-twice",
    statement: "an upload is completed as often as it is asked for, and is one asset",
    words: 'the answer to "complete" is lost, or two tabs ask at once',
    needs: [part],
    check: completed,
  }),
];
