import { createHash } from "node:crypto";

import { platformNow } from "../../context/platform-time.ts";
import type { Session } from "../../context/session.ts";
import { pagePlan } from "../../platform/sparing/reading-plan.ts";
import { spared } from "../../platform/sparing/spared.ts";
import type { ReadingTime } from "../../platform/sparing/sparing-api.ts";
import { type SomeParts, judgeParts } from "../../status/judgement.ts";
import type { Part } from "../../status/part.ts";
import type { Board, ChartsView, SectionView, SectionViews } from "../board.ts";
import { insightsSource } from "./alerts.ts";
import { type Sections, makeSections } from "./sections.ts";

/** The parts of the page that `mam status` judges, too. */
const judgedNames = [
  "running",
  "endpoints",
  "serviceLevels",
  "instances",
  "databases",
  "uptime",
] as const;

/** Reads an environment for everybody who looks at the page: the second of them costs nothing. */
export class BoardReader {
  readonly #session: Session;
  readonly #sections: Sections;

  /** Asks nothing yet. */
  constructor(session: Session, time: ReadingTime = {}) {
    this.#session = session;
    this.#sections = makeSections(spared(session, pagePlan, time), time.now);
  }

  /** Reads again what is old enough; resolves when all of that is read. */
  async refresh(): Promise<void> {
    await Promise.all(Object.values(this.#sections).map((section) => section.refresh()));
  }

  /** What is known now, without the charts' values. */
  get board(): Board {
    const { charts, ...sections } = this.#views();
    const { name } = this.#session.environment.config;
    const { value, ...chartState } = charts;
    return this.#redacted({
      environment: name,
      at: new Date().toISOString(),
      platformAt: platformNow(this.#session.endpoints).toISOString(),
      ...judged(sections, name),
      sections: { ...sections, charts: chartState },
      chartsRevision: createHash("sha256")
        .update(JSON.stringify(value ?? null))
        .digest("hex"),
    });
  }

  /** The charts, with every value. */
  get charts(): SectionView<ChartsView> {
    return this.#redacted(this.#sections.charts.view);
  }

  #views(): SectionViews {
    const entries = Object.entries(this.#sections).map(([name, { view }]) => [name, view]);
    // `fromEntries` forgets which view belongs to which name.
    return Object.fromEntries(entries) as SectionViews;
  }

  /** Takes out what is a secret: texts of platforms and people are among it. */
  #redacted<T extends object>(data: T): T {
    return this.#session.redactor.redactData(data);
  }
}

/** What a person has to know first. Alerts of Insights are problems, too; checks that are down are so already. */
function judged(sections: Omit<SectionViews, "charts">, environment: string) {
  const { problems, warnings } = judgeParts(partsOf(sections), environment);
  const fires = (sections.alerts.value?.firing ?? [])
    .filter(({ source }) => source === insightsSource)
    .map(({ title }) => `an alert fires: ${title}`);
  return {
    isWhole: judgedNames.every((name) => sections[name].state !== "reading"),
    problems: [...problems, ...fires],
    warnings,
  };
}

/** What is known, as a status has it. What was not read yet is judged by nobody. */
function partsOf(sections: Omit<SectionViews, "charts">): SomeParts {
  const parts = judgedNames.flatMap((name) => {
    const found = partOf(sections[name]);
    return found ? [[name, found] as const] : [];
  });
  return Object.fromEntries(parts);
}

function partOf({
  state,
  value,
  failure,
  reason = "",
}: SectionView<unknown>): Part<unknown> | undefined {
  if (state === "reading") return undefined;
  if (state === "off") return { state: "not asked", reason };
  return failure ? { state: "no answer", reason: failure.reason } : { state: "known", value };
}
