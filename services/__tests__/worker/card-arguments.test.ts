import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, test } from "node:test";
import { promisify } from "node:util";

import { canScaleOnCard, cardScaling } from "../../worker/src/card/scaling.ts";
import { encodeArguments } from "../../worker/src/preview/encoding.ts";
import type { Film, Picture } from "../../worker/src/preview/film.ts";
import { ffmpeg, withEngines } from "./support/engines.ts";

// No card was there when this was written: what is given to one is held as data, and runs on none.

/** What most cameras and phones record, and what a card scales. */
const plain: Picture = {
  ...{ index: 0, codec: "h264", pixelFormat: "yuv420p", width: 3840, height: 2160, pixelAspect: 1 },
  ...{ rotation: 0, fps: 25, fieldOrder: "progressive", range: "tv" },
  ...{ space: "bt709", primaries: "bt709", transfer: "bt709" },
};

const film = (picture: Partial<Picture>): Film => ({
  ...{ container: "mov", duration: 10, sound: 1 },
  picture: { ...plain, ...picture },
});

const given = (of: Film, card?: { decodes: boolean; scaler?: "scale_cuda" | "scale_npp" }) =>
  encodeArguments({
    ...{ film: of, master: "http://127.0.0.1/master", output: "http://127.0.0.1/out" },
    ...{ segmentSeconds: 4, card },
  });

const card = { decodes: true, scaler: "scale_cuda" } as const;

/** The value behind an option, before the input or behind it. */
const valueOf = (args: readonly string[], option: string) => args[args.indexOf(option) + 1] ?? "";

const graphOf = (args: readonly string[]) => valueOf(args, "-filter_complex");

const onCard =
  "scale_cuda=1280:720:interp_algo=lanczos:format=yuv420p,hwdownload,format=yuv420p,setsar=1";

describe("what a card is given", () => {
  test("frames stay on it from decoding to scaling, and every filter after that is the CPU's", () => {
    const args = given(film({}), card);

    assert.deepEqual(args.slice(args.indexOf("-hwaccel"), args.indexOf("-nostdin")), [
      ...["-hwaccel", "cuda", "-hwaccel_output_format", "cuda"],
    ]);
    assert.ok(args.indexOf("-hwaccel_output_format") < args.indexOf("-i"));
    assert.ok(graphOf(args).startsWith(`[0:0]${onCard},setparams=range=tv`), graphOf(args));
    assert.equal(graphOf(args).match(/scale_cuda/g)?.length, 1);
    assert.equal(valueOf(args, "-c:v"), "h264_nvenc");
    assert.equal(valueOf(args, "-pix_fmt"), "yuv420p");
  });

  test("a card whose ffmpeg has NPP alone is given that", () => {
    const args = given(film({}), { decodes: true, scaler: "scale_npp" });

    assert.ok(
      graphOf(args).startsWith(
        "[0:0]scale_npp=1280:720:interp_algo=lanczos:format=yuv420p,hwdownload,format=yuv420p",
      ),
    );
  });

  test("but for scaling and encoding, a card and a CPU are given the same", () => {
    const differs = (args: readonly string[]) =>
      args
        .join(" ")
        .replace("-hwaccel cuda -hwaccel_output_format cuda ", "")
        .replace(/scale_cuda=\S*?hwdownload,format=yuv420p/, "SCALED")
        .replace(/scale=1280:720:out_color_matrix=bt709:out_range=tv,format=yuv420p/, "SCALED")
        .replace(/-c:v h264_nvenc .* -forced-idr 1/, "ENCODED")
        .replace(/-c:v libx264 .* -bufsize \d+/, "ENCODED");

    assert.equal(differs(given(film({}), card)), differs(given(film({}))));
  });

  test("a film without sound, and one of an odd size, are scaled on it to even sides", () => {
    const silent = { ...film({ width: 853, height: 1079 }), sound: undefined };
    const args = given(silent, card);

    assert.ok(!args.includes("aac"));
    assert.match(graphOf(args), /^\[0:0\]scale_cuda=\d*[02468]:\d*[02468]:/);
  });

  test("pixels that are not square are made so on it", () => {
    const args = given(film({ width: 1440, height: 1080, pixelAspect: 4 / 3 }), card);

    assert.ok(graphOf(args).startsWith(`[0:0]${onCard}`));
  });
});

const others: readonly (readonly [string, Partial<Picture>])[] = [
  ["is turned, which ffmpeg does on the CPU", { rotation: 90 }],
  ["stands upside down", { rotation: 180 }],
  [
    "has ten bits, which the CPU rounds without bands",
    { pixelFormat: "yuv420p10le", codec: "hevc" },
  ],
  ["has more colour than 4:2:0", { pixelFormat: "yuv422p", codec: "prores" }],
  ["is transparent", { pixelFormat: "yuva444p10le", codec: "prores" }],
  ["is HDR (PQ)", { transfer: "smpte2084", space: "bt2020nc", pixelFormat: "yuv420p10le" }],
  ["is HDR (HLG) of eight bits", { transfer: "arib-std-b67", space: "bt2020nc" }],
  ["is interlaced", { fieldOrder: "interlaced" }],
  ["is slow motion", { fps: 240 }],
  ["has another colour matrix", { space: "smpte170m" }],
  ["says nothing of its matrix, and is small", { space: "unknown", width: 640, height: 480 }],
  ["has the range of a computer", { range: "pc" }],
  ["is of a codec that no card decodes", { codec: "mjpeg", pixelFormat: "yuvj420p" }],
];

describe("a film that a card does not scale", () => {
  for (const [what, picture] of others)
    test(`${what}: it is decoded on the card, and scaled as on the CPU`, () => {
      const args = given(film(picture), card);

      assert.ok(!args.includes("-hwaccel_output_format"));
      assert.equal(valueOf(args, "-hwaccel"), "cuda");
      assert.equal(graphOf(args), graphOf(given(film(picture))));
      assert.equal(canScaleOnCard({ ...plain, ...picture }), false);
    });

  test("a card that does not decode scales nothing", () => {
    const args = given(film({}), { decodes: false, scaler: "scale_cuda" });

    assert.ok(!args.some((one) => one.includes("hwaccel") || one.includes("scale_cuda")));
  });

  test("one of high definition that says nothing of its colours counts as BT.709, as on the CPU", () => {
    assert.equal(canScaleOnCard({ ...plain, space: "unknown", range: "unknown" }), true);
  });
});

describe("ffmpeg, where it has the filter", withEngines, () => {
  test("knows every option that scaling on a card is given", async (context) => {
    const run = promisify(execFile);
    const { stdout } = await run(ffmpeg, ["-hide_banner", "-h", "filter=scale_cuda"]);
    if (!stdout.includes("scale_cuda AVOptions")) {
      context.skip("this ffmpeg was built without scale_cuda");
      return;
    }
    const [scaling = ""] = cardScaling("scale_cuda", { width: 1280, height: 720 });
    const names = scaling.split(":").flatMap((one) => /^(\w+)=/.exec(one)?.[1] ?? []);

    assert.deepEqual(
      names.slice(1).filter((name) => !new RegExp(`^ +${name} +<`, "m").test(stdout)),
      [],
    );
    assert.match(stdout, /^ +lanczos +/m);
  });
});
