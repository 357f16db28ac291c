import type { Slot } from "../../../environments/schema/rotation.ts";
import { linkAddress, signLink } from "../../../operations/verify/playback-link.ts";
import type { Editor } from "../../platform/people/editor.ts";
import { containerVariable } from "../mam/links.ts";
import type { Stage } from "./stage.ts";

const day = 24 * 60 * 60 * 1000;

/** A link that is given away: it plays without a session, not after its end, and no other asset. */
export async function shares(stage: Stage, editor: Editor, asset: string): Promise<void> {
  const { tell, expect } = stage;
  tell("a link to share, before and after its end");
  const shared = new URL(await editor.share(asset));
  const page = await editor.fetch("a shared page", shared.href);
  expect("a shared link opens a page", page.status === 200);
  const { origin } = new URL((await editor.playback(asset)).hls);
  const media = shared.pathname.replace(/^\/s\//, "/m/");
  const statusOf = async (what: string, path: string, right: number) =>
    (await editor.fetch(what, `${origin}${path}/hls/master.m3u8`, { right: [right] })).status;
  expect("it plays without signing in", (await statusOf("a shared playlist", media, 200)) === 200);
  const late = expiredPath(stage, media.split("/")[3] === "B" ? "B" : "A", asset);
  expect("it does not play after its end", (await statusOf("an expired link", late, 403)) === 403);
  const other = media.replace(asset, "another-asset");
  expect("it opens no other asset", (await statusOf("another asset", other, 403)) === 403);
}

/** Path of a link that was right and has expired, signed with the key that the API has. */
export function expiredPath({ cloud }: Stage, slot: Slot, asset: string): string {
  const link = { slot, expires: new Date(Date.now() - day), asset };
  const signature = signLink(link, containerVariable(cloud, "api", `EDGE_SIGNING_KEY_${slot}`));
  const { mediaHost } = cloud.environment.config.domain;
  return new URL(linkAddress({ ...link, mediaHost, rest: "", signature })).pathname.replace(
    /\/$/,
    "",
  );
}
