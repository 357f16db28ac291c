import { HeadObjectCommand } from "@aws-sdk/client-s3";

import { type Statement, statementsOf } from "../statement.ts";
import { ask, unless } from "../tools/ask.ts";
import { differs, fieldOf, unlike } from "../tools/differs.ts";
import { now, signature, takeApart } from "../tools/links.ts";
import type { World } from "../world.ts";
import { pipelineNeeds } from "./needs.ts";
import { pipeline, signedIn } from "./person.ts";

const jobs = statementsOf("reference api", "docs/jobs.md", pipelineNeeds);
const links = statementsOf("reference api", "docs/links.md", [
  ...pipelineNeeds,
  "EDGE_SIGNING_KEY_A",
  "EDGE_SIGNING_KEY_B",
  "EDGE_SIGNING_KEY_ACTIVE",
]);

async function promoted(world: World) {
  const { promotions, key, size, asset } = await pipeline(world);
  const storage = await world.storage;
  const Bucket = world.variable("MASTERS_BUCKET");
  const master = await storage.send(new HeadObjectCommand({ Bucket, Key: key }));
  const last = promotions.at(-1);
  return [
    ...promotions.map(
      ({ status }) => status !== 200 && status !== 202 && `promoting was answered with ${status}`,
    ),
    last?.status !== 200 && `a promotion that is done was answered with ${String(last?.status)}`,
    master.ContentLength !== size &&
      `the master has ${String(master.ContentLength)} bytes of ${size}`,
    asset.status !== "ready" && `the asset is ${String(asset.status)}: ${String(asset.reason)}`,
  ];
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

async function entry(world: World) {
  const { job, assetId } = await pipeline(world);
  if (!job) return ["no entry of the asset came into the stream"];
  const { id, token, enqueuedAt, report, master, preview } = job;
  return [
    differs("version", job.version, 1),
    unlike("id", id, uuid),
    differs("asset", job.asset, assetId),
    differs("master.bucket", fieldOf(master, "bucket"), world.variable("MASTERS_BUCKET")),
    differs("master.key", typeof fieldOf(master, "key"), "string"),
    differs("preview.bucket", fieldOf(preview, "bucket"), world.variable("PREVIEWS_BUCKET")),
    differs("preview.prefix", fieldOf(preview, "prefix"), `${assetId}/`),
    unlike("report", report, /^\/[^/]/),
    String(token).length < 32 && "the token can be guessed",
    differs("enqueuedAt is a date", Number.isNaN(Date.parse(String(enqueuedAt))), false),
  ];
}

async function reports(world: World) {
  const { job } = await pipeline(world);
  const send = (token: string, body: object) =>
    world.ask("api", String(job?.report), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const progress = { event: "progress", percent: 5 };
  return [
    unless(409, await send(String(job?.token), progress), "a report on a job that is over"),
    unless(401, await send("x".repeat(43), progress), "a report with another token"),
  ];
}

/** What contradicts that an address is a link of docs/links.md to an asset, signed by the active slot. */
function judge(world: World, address: string, assetId: string): (string | false)[] {
  const { pathname } = new URL(address);
  const link = takeApart(pathname) as
    { expires: number; slot: string; sig: string; prefix: string } | undefined;
  if (!link) return [`${pathname.replace(/[0-9a-f]{64}/, "<sig>")} has another shape`];
  const active = world.variable("EDGE_SIGNING_KEY_ACTIVE");
  const key = world.variable(`EDGE_SIGNING_KEY_${active}`);
  const life = Number(world.target.variables.SHARE_LINK_TTL_SECONDS ?? Number.NaN);
  const left = link.expires - now();
  return [
    link.slot !== active && `slot ${link.slot} signed, EDGE_SIGNING_KEY_ACTIVE is ${active}`,
    link.prefix !== assetId && "the prefix is not the asset",
    link.sig !== signature(key, link.expires, link.slot, link.prefix) &&
      "the signature is another one",
    Math.abs(left - life) > 30 && `it lives for ${left} s, SHARE_LINK_TTL_SECONDS is ${life}`,
  ];
}

const playback = (world: World) =>
  world.once("playback", async () => {
    const { assetId } = await pipeline(world);
    const person = await signedIn(world);
    return person.call("POST", `/api/assets/${assetId}/playback`);
  });

async function playbackLinks(world: World) {
  const { assetId } = await pipeline(world);
  const { json } = await playback(world);
  const base = world.variable("EDGE_PUBLIC_BASE");
  return [
    !String(json.hls).startsWith(`${base}/m/`) && `expected a link below ${base}/m/`,
    ...judge(world, String(json.hls), assetId),
  ];
}

async function plays(world: World) {
  const { json } = await playback(world);
  const asked = ["hls", "mp4", "poster"].map(async (what) => {
    const { pathname } = new URL(String(json[what]));
    return unless(200, await ask(world.base("edge"), pathname), what);
  });
  return Promise.all(asked);
}

async function shares(world: World) {
  const { assetId } = await pipeline(world);
  const person = await signedIn(world);
  const { json } = await person.call("POST", `/api/assets/${assetId}/shares`);
  const { origin, pathname } = new URL(String(json.url));
  const [own = ""] = world.variable("ALLOWED_ORIGINS").split(",");
  return [
    origin !== own.trim() && `expected a page of ${own}, answered one of ${origin}`,
    !pathname.startsWith("/s/") && `expected /s/…`,
    ...judge(world, String(json.url), assetId),
  ];
}

/** A film on its whole way. */
export const pipelineStatements: readonly Statement[] = [
  jobs({
    id: "api-promotes",
    statement: "a promotion that is asked for again is one promotion, and the master is whole",
    words: "PostgreSQL is the source of truth",
    check: promoted,
  }),
  jobs({
    id: "api-job",
    statement: "the job in the stream has every field of the page",
    words: "Its one field `job` is JSON",
    check: entry,
  }),
  jobs({
    id: "api-reports",
    statement: "reports on a job that is over, or with another token, are refused",
    words: "2xx: taken. 409: the job is over",
    check: reports,
  }),
  links({
    id: "api-links",
    statement:
      "playback links are signed as the page says, by the active slot, for the configured time",
    words: "the API signs with `EDGE_SIGNING_KEY_ACTIVE`",
    needs: ["EDGE_PUBLIC_BASE", "SHARE_LINK_TTL_SECONDS"],
    check: playbackLinks,
  }),
  links({
    id: "api-plays",
    statement: "the edge serves what the API signed",
    words: "Neither asks the other, so both have to read this page the same way",
    needs: ["edge"],
    check: plays,
  }),
  links({
    id: "api-shares",
    statement: "a share link leads to the page, with the same signature and the configured life",
    words: "https://<app host>/s/<exp>/<slot>/<sig>/<prefix>",
    needs: ["ALLOWED_ORIGINS", "SHARE_LINK_TTL_SECONDS"],
    check: shares,
  }),
];
