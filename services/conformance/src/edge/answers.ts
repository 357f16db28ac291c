import { type Statement, statementsOf } from "../statement.ts";
import { headerOf, unless } from "../tools/ask.ts";
import { linkTo, now } from "../tools/links.ts";
import type { World } from "../world.ts";
import { mediaNeeds } from "./needs.ts";
import { names, putPreview } from "./preview.ts";

const media = statementsOf("edge", "docs/links.md", mediaNeeds);

async function ranges(world: World) {
  const { segment } = await putPreview(world);
  const size = segment.length;
  const wanted: [header: string, first: number, last: number][] = [
    ["bytes=100-199", 100, 199],
    [`bytes=${size - 50}-`, size - 50, size - 1],
    ["bytes=-70", size - 70, size - 1],
    ["bytes=0-", 0, size - 1],
    [`bytes=10-${size + 10}`, 10, size - 1],
  ];
  const asked = wanted.map(async ([range, first, last]) => {
    const answer = await world.ask("edge", linkTo(world, names.segment), { headers: { range } });
    const expected = `bytes ${first}-${last}/${size}`;
    return [
      unless(206, answer, range),
      headerOf(answer, "content-range") !== expected &&
        `${range}: expected Content-Range ${expected}, answered "${headerOf(answer, "content-range")}"`,
      !answer.body.equals(segment.subarray(first, last + 1)) && `${range}: other bytes`,
    ];
  });
  return (await Promise.all(asked)).flat();
}

async function outside(world: World) {
  const { segment } = await putPreview(world);
  const headers = { range: `bytes=${segment.length}-` };
  const answer = await world.ask("edge", linkTo(world, names.segment), { headers });
  const expected = `bytes */${segment.length}`;
  return [
    unless(416, answer, headers.range),
    headerOf(answer, "content-range") !== expected && `expected Content-Range ${expected}`,
  ];
}

async function head(world: World) {
  const { segment } = await putPreview(world);
  const link = linkTo(world, names.segment);
  const [answer, nothing, ended] = await Promise.all([
    world.ask("edge", link, { method: "HEAD" }),
    world.ask("edge", linkTo(world, "hls/nothing.ts"), { method: "HEAD" }),
    world.ask("edge", link.replace("/A/", "/B/"), { method: "HEAD" }),
  ]);
  return [
    unless(200, answer, "HEAD of an object"),
    unless(404, nothing, "HEAD of nothing"),
    unless(403, ended, "HEAD by a link that is not valid"),
    answer.body.length > 0 && "the answer to HEAD has a body",
    headerOf(answer, "content-length") !== String(segment.length) &&
      `expected Content-Length ${segment.length}, answered "${headerOf(answer, "content-length")}"`,
  ];
}

async function unchanged(world: World) {
  await putPreview(world);
  const link = linkTo(world, names.segment);
  const etag = headerOf(await world.ask("edge", link), "etag");
  const again = await world.ask("edge", link, { headers: { "if-none-match": etag } });
  const other = await world.ask("edge", link, { headers: { "if-none-match": '"other"' } });
  return [
    etag === "" && "an object is answered without ETag",
    unless(304, again, "If-None-Match with the object's tag"),
    again.body.length > 0 && "the answer 304 has a body",
    unless(200, other, "If-None-Match with another tag"),
  ];
}

/** Cache-Control, taken apart. */
function keptFor(control: string) {
  const directives = control.split(",").map((one) => one.trim());
  const seconds = directives.map((one) => /^(?:s-)?max-age=(\d+)$/.exec(one)?.[1]);
  return {
    isPrivate: directives.includes("private"),
    isNotKept: directives.some((one) => ["no-cache", "no-store", "max-age=0"].includes(one)),
    most: Math.max(0, ...seconds.map((one) => Number(one ?? 0))),
  };
}

async function kept(world: World) {
  await putPreview(world);
  const life = 120;
  const expires = now() + life;
  const looks = [names.segment, names.playlist, names.growing].map(async (name) => {
    const answer = await world.ask("edge", linkTo(world, name, { expires }));
    const control = headerOf(answer, "cache-control");
    const { isPrivate, isNotKept, most } = keptFor(control);
    return [
      !isPrivate && `${name}: expected private, answered "${control}"`,
      most > life && `${name}: kept for ${most} s, and its link lives for ${life} s`,
      name === names.growing && !isNotKept && `a playlist that grows is kept: "${control}"`,
    ];
  });
  return (await Promise.all(looks)).flat();
}

const listOf = (text: string) =>
  text
    .split(",")
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean);

async function origins(world: World) {
  await putPreview(world);
  const link = linkTo(world, names.segment);
  const allowed = listOf(world.variable("CORS_ORIGINS"));
  const looks = [...allowed, "https://elsewhere.example", "null"].map(async (origin) => {
    const answer = await world.ask("edge", link, { headers: { origin } });
    const answered = headerOf(answer, "access-control-allow-origin");
    const expected = allowed.includes(origin) ? origin : "";
    return [
      expected !== "" && answered !== expected && `${origin} may not read: "${answered}"`,
      expected === "" && (answered === origin || answered === "*") && `${origin} may read`,
      !listOf(headerOf(answer, "vary")).includes("origin") && `${origin}: no Vary: Origin`,
    ];
  });
  const plain = await world.ask("edge", link);
  const varies = listOf(headerOf(plain, "vary")).includes("origin");
  return [...(await Promise.all(looks)).flat(), !varies && "without an origin: no Vary: Origin"];
}

async function preflight(world: World) {
  const [origin = ""] = listOf(world.variable("CORS_ORIGINS"));
  const answer = await world.ask("edge", linkTo(world, names.segment), {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "GET",
      "access-control-request-headers": "range",
    },
  });
  return [
    answer.status >= 300 && `a preflight is answered with ${answer.status}`,
    headerOf(answer, "access-control-allow-origin") !== origin && "it does not name the origin",
    !listOf(headerOf(answer, "access-control-allow-headers")).includes("range") &&
      "it does not allow Range",
  ];
}

async function limited(world: World) {
  const limit = world.target.limits.edge ?? 0;
  const client = world.aClient();
  const link = linkTo(world, names.segment);
  let taken = 0;
  for (; taken <= limit; taken += 1) {
    const answer = await world.ask("edge", link, { method: "HEAD", client });
    if (answer.status !== 429) continue;
    const other = await world.ask("edge", link, { method: "HEAD", client: world.aClient() });
    return [
      taken < limit && `429 after ${taken} requests of one address, RATE_LIMIT_MAX is ${limit}`,
      headerOf(answer, "retry-after") === "" && "429 without Retry-After",
      other.status === 429 && "another address is refused too",
    ];
  }
  return [`${taken} requests of one address were served, RATE_LIMIT_MAX is ${limit}`];
}

/** How the edge answers. */
export const answerStatements: readonly Statement[] = [
  media({
    id: "edge-ranges",
    statement: "a range is answered with 206 and exactly its bytes, also when it is all of them",
    words:
      "A range of which there is something is answered with 206, also when it is the whole object",
    check: ranges,
  }),
  media({
    id: "edge-outside",
    statement: "a range of which there is nothing is answered with 416",
    words: "valid, but nothing of the object is in the range that is asked for",
    check: outside,
  }),
  media({
    id: "edge-head",
    statement: "HEAD is answered as GET is, without the body",
    words: "HEAD is answered as GET, without the body",
    check: head,
  }),
  media({
    id: "edge-unchanged",
    statement: "what a viewer has already is answered with 304",
    words: "a request with `If-None-Match` that names it is answered with 304",
    check: unchanged,
  }),
  media({
    id: "edge-kept",
    statement:
      "answers are private, kept no longer than their link lives, and growing lists not at all",
    words: "`Cache-Control` is always `private`, and never longer than the rest of the link's life",
    check: kept,
  }),
  media({
    id: "edge-origins",
    statement: "pages of the named origins may read, and no others",
    words: "Pages of `CORS_ORIGINS` may read the answers, pages of other origins may not",
    needs: ["CORS_ORIGINS"],
    check: origins,
  }),
  media({
    id: "edge-preflight",
    statement: "a player may ask for ranges across origins",
    words: "A preflight allows `Range`",
    needs: ["CORS_ORIGINS"],
    check: preflight,
  }),
  media({
    id: "edge-limit",
    statement:
      "an address gets RATE_LIMIT_MAX answers within the window, and 429 with Retry-After then",
    words: "more than `RATE_LIMIT_MAX` within `RATE_LIMIT_WINDOW` from one address",
    needs: ["limit of the edge"],
    check: limited,
  }),
];
