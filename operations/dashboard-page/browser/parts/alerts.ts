import type { FiringAlert, SectionViews } from "../../board.ts";
import { minuteOf } from "../../../context/age.ts";
import { type Content, el, quiet, sign } from "../dom.ts";

/** What fires now, each with what it means and what to look at first. */
export function alertsPart({ alerts }: SectionViews): Content {
  const { firing = [], unseen = [] } = alerts.value ?? {};
  return [
    firing.length === 0
      ? quiet("Nothing fires, of what can be seen.")
      : el("ul", { class: "alerts" }, firing.map(alertItem)),
    ...unseen.map(quiet),
  ];
}

function alertItem({
  title,
  severity,
  source,
  since,
  value,
  meaning,
  looks,
}: FiringAlert): Content {
  const when = since === undefined ? "" : `, since ${minuteOf(since)}`;
  const measured = value === undefined ? "" : `, at ${value}`;
  return el(
    "li",
    { class: severity },
    el("strong", {}, sign(severity === "critical" ? "bad" : "odd"), ` ${title}`),
    el("span", { class: "quiet" }, `${severity}: ${source}${when}${measured}`),
    meaning === undefined ? "" : el("span", {}, meaning),
    looks.length === 0
      ? ""
      : el(
          "ol",
          {},
          looks.map((command) => el("li", {}, el("code", {}, command))),
        ),
  );
}
