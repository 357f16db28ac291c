import { readFile } from "node:fs/promises";

import { type Statement, statementsOf } from "../statement.ts";
import { unless } from "../tools/ask.ts";
import { linkTo, now } from "../tools/links.ts";
import { pathsOfThePage } from "../tools/links-page.ts";
import { put } from "../tools/objects.ts";
import type { World } from "../world.ts";
import { mediaNeeds } from "./needs.ts";
import { names, putPreview } from "./preview.ts";

const page = "docs/links.md";

const media = statementsOf("edge", page, mediaNeeds);

/** An objection when a link is not refused with 403. */
async function refused(world: World, what: string, path: string) {
  return unless(403, await world.ask("edge", path), what);
}

async function serves(world: World) {
  const { segment } = await putPreview(world);
  const answer = await world.ask("edge", linkTo(world, names.segment));
  return [
    unless(200, answer, "a valid link"),
    !answer.body.equals(segment) &&
      `answered ${answer.body.length} bytes that are not the object's`,
  ];
}

async function bothSlots(world: World) {
  await putPreview(world);
  const link = linkTo(world, names.segment, { slot: "B" });
  return [unless(200, await world.ask("edge", link), "a link that slot B signed")];
}

async function notThere(world: World) {
  const link = linkTo(world, "hls/nothing.ts");
  return [unless(404, await world.ask("edge", link), "a valid link to nothing")];
}

/** Changes one digit of a signature. */
const tampered = (link: string) =>
  link.replace(/\/([0-9a-f])([0-9a-f]{63})\//, (_all, first: string, rest: string) =>
    first === "0" ? `/1${rest}/` : `/0${rest}/`,
  );

async function signatures(world: World) {
  await putPreview(world);
  const link = linkTo(world, names.segment);
  const [, , expires = "", , sig = ""] = link.split("/");
  const others = linkTo(world, names.segment, { prefix: "asset-of-others" });
  return Promise.all([
    refused(world, "a signature with a changed digit", tampered(link)),
    refused(world, "a later end", link.replace(expires, String(Number(expires) + 60))),
    refused(world, "a signature in capitals", link.replace(sig, sig.toUpperCase())),
    refused(world, "a signature of another asset", others.replace("asset-of-others", world.run)),
    refused(world, "no signature", link.replace(`${sig}/`, "")),
  ]);
}

async function slots(world: World) {
  await putPreview(world);
  const link = linkTo(world, names.segment);
  return Promise.all([
    refused(world, "slot B with the signature of A", link.replace("/A/", "/B/")),
    refused(
      world,
      "B signed by the key of A",
      linkTo(world, names.segment, { slot: "B", signedBy: "A" }),
    ),
    refused(world, "slot C", linkTo(world, names.segment, { slot: "C", signedBy: "A" })),
    refused(world, "slot a", linkTo(world, names.segment, { slot: "a", signedBy: "A" })),
  ]);
}

async function expiry(world: World) {
  await putPreview(world);
  const skew = Number(world.variable("CLOCK_SKEW_SECONDS"));
  const expired = linkTo(world, names.segment, { expires: now() - skew - 5 });
  const tolerated = linkTo(world, names.segment, { expires: now() - skew + 5 });
  return [
    await refused(world, `a link that expired ${skew + 5} s ago`, expired),
    unless(200, await world.ask("edge", tolerated), `a link ${skew - 5} s after its end`),
  ];
}

async function paths(world: World) {
  const text = await readFile(new URL("../../../../docs/links.md", import.meta.url), "utf8");
  const table = pathsOfThePage(text);
  const served = table.filter((one) => one.served);
  await Promise.all(
    served.map(({ rest }) => put(world, "PREVIEWS_BUCKET", `${world.run}-paths/${rest}`, rest)),
  );
  return Promise.all(
    table.map(async (one) => {
      const link = linkTo(world, one.rest, { prefix: `${world.run}-paths` });
      return unless(one.served ? 200 : 403, await world.ask("edge", link), one.rest);
    }),
  );
}

async function query(world: World) {
  await putPreview(world);
  const link = `${linkTo(world, names.segment)}?version=2&x=%2e%2e`;
  return [unless(200, await world.ask("edge", link), "a link with a query")];
}

async function methods(world: World) {
  await putPreview(world);
  const link = linkTo(world, names.segment);
  const asked = ["POST", "PUT", "PATCH", "DELETE"].map(async (method) =>
    unless(405, await world.ask("edge", link, { method }), method),
  );
  return Promise.all(asked);
}

async function otherPaths(world: World) {
  const asked = ["/", "/m", "/api/health", "/index.html", "/s/1/A/x/y"].map(async (path) =>
    unless(404, await world.ask("edge", path), path),
  );
  return Promise.all(asked);
}

/** What the edge makes of links. */
export const linkStatements: readonly Statement[] = [
  media({
    id: "edge-serves",
    statement: "a valid link is answered with the object, byte by byte",
    words: "valid, the object `<prefix>/<rest>` is in the previews bucket",
    check: serves,
  }),
  media({
    id: "edge-both-slots",
    statement: "a link of either slot is valid",
    words: "Both slots are accepted at any time",
    needs: ["EDGE_SIGNING_KEY_B"],
    check: bothSlots,
  }),
  media({
    id: "edge-not-there",
    statement: "a valid link to nothing is answered with 404",
    words: "valid, there is no such object",
    check: notThere,
  }),
  media({
    id: "edge-signatures",
    statement: "a link with another signature is refused",
    words: "of another shape, another signature, an unknown slot, a slot without a key",
    check: signatures,
  }),
  media({
    id: "edge-slots",
    statement: "a link of another slot than the one that signed it, or of none, is refused",
    words: "`A` or `B`: the slot whose key signed it",
    needs: ["EDGE_SIGNING_KEY_B"],
    check: slots,
  }),
  media({
    id: "edge-expiry",
    statement: "a link is refused after its end and the tolerated skew, and served until then",
    words: "expired longer ago than `CLOCK_SKEW_SECONDS`",
    needs: ["CLOCK_SKEW_SECONDS"],
    check: expiry,
  }),
  media({
    id: "edge-paths",
    statement: "every path of the page's table is served or refused as it says",
    words: "A segment that needs an encoding is refused, whatever it would decode to",
    check: paths,
  }),
  media({
    id: "edge-query",
    statement: "a query changes nothing",
    words: "A query is ignored.",
    check: query,
  }),
  media({
    id: "edge-methods",
    statement: "other methods are answered with 405",
    words: "of another method than GET, HEAD and OPTIONS",
    check: methods,
  }),
  statementsOf("edge", page, ["edge"])({
    id: "edge-other-paths",
    statement: "other paths are answered with 404",
    words: "any other path than `/m/…`, `/health` and `/service-levels`",
    check: otherPaths,
  }),
];
