import { partTimes } from "../../../operations/status/ages.ts";
import { judgeStatus } from "../../../operations/status/judgement.ts";
import { renderStatus } from "../../../operations/status/text.ts";
import { aStatus } from "./support/status.ts";

const status = aStatus();
const shown = (minutes: number) => {
  const at = new Date(Date.parse(status.at) - minutes * 60_000);
  const times = partTimes({ asOf: (names) => (names.includes("getUptimeState") ? at : undefined) });
  return renderStatus(status, judgeStatus(status), times);
};

test("a part that is shown from memory says how old it is", () => {
  expect(shown(4)).toContain("\nAsked longer ago: Uptime 4 minutes.\n");
});

test("what was asked for in this minute says nothing", () => {
  expect(shown(1)).not.toContain("Asked longer ago");
  expect(renderStatus(status, judgeStatus(status))).not.toContain("Asked longer ago");
});
