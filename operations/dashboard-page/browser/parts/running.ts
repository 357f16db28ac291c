import type { SectionViews } from "../../board.ts";
import { minuteOf } from "../../../context/age.ts";
import { type Content, el, quiet, rows } from "../dom.ts";

/** Characters of a digest that are shown. */
const shownDigest = 12;

const short = (digest: string | undefined) =>
  digest === undefined ? "no image" : digest.replace("sha256:", "").slice(0, shownDigest);

/** What runs: the release, and each component with its image and instances. */
export function runningPart({ running, instances }: SectionViews): Content {
  const { value: now } = running;
  if (!now) return quiet("Nothing is deployed yet.");
  const counted = new Map(instances.value?.map((one) => [one.component, one]));
  return [
    el("p", {}, `Release ${now.release ?? "unknown to the history"}`, since(now.since)),
    ...(now.underWay === undefined
      ? []
      : [el("p", { class: "odd" }, `! A deployment is under way: ${now.underWay}`)]),
    ...(now.pinned === undefined
      ? []
      : [el("p", { class: "bad" }, `✗ Pinned to the deployment ${now.pinned}`)]),
    ...(now.maintained ? [el("p", { class: "odd" }, "! The maintenance page is shown")] : []),
    rows(
      now.images.map(({ component, digest, isReleased }) => {
        const one = counted.get(component);
        const isReady = one === undefined || (one.ready ?? 0) >= one.configured.minimum;
        return {
          mood: isReleased && isReady ? "well" : "bad",
          name: component,
          text: [
            one ? `${one.ready ?? "?"} of ${one.desired ?? "?"} ready, ` : "",
            el("code", { title: digest }, short(digest)),
            isReleased ? "" : ", not the released image",
          ],
        };
      }),
    ),
    el("p", { class: "quiet" }, `Deployment ${now.deployment ?? "none"}`),
  ];
}

function since(time: string | undefined): Content {
  return time === undefined ? "" : [", since ", el("time", { datetime: time }, minuteOf(time))];
}
