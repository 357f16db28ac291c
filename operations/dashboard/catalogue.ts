import { answeredName } from "@mam-infra/clients/digitalocean/insights";

import {
  type MetricFamily,
  type MetricName,
  familyPrefixes,
  metrics,
} from "../../monitoring/metrics.ts";

/** A metric, and the panel or rule that needs it. */
export interface NeededMetric {
  readonly metric: MetricName;
  readonly usedBy: string;
}

/** What a region says about the metrics that are needed. */
export interface MetricJudgement {
  /** Those that do not exist there: a rule on them would never fire. */
  readonly unknown: readonly NeededMetric[];
  /** Those that nothing has sent yet, and that may still come. */
  readonly awaited: readonly MetricName[];
}

/**
 * Holds metrics against the catalogue of a region. A name is in it only while some resource sends it: where nothing of a
 * family is there, or the platform is younger than the catalogue looks back, a missing one is awaited, and no failure.
 *
 * @param catalogue names as the region answers them, with underscores.
 * @param isYoung whether the platform is younger than the time that the catalogue covers.
 */
export function judgeMetrics(
  needed: readonly NeededMetric[],
  catalogue: ReadonlySet<string>,
  isYoung: boolean,
): MetricJudgement {
  const missing = needed.filter(({ metric }) => !catalogue.has(answeredName(metric)));
  const mayCome = ({ metric }: NeededMetric) =>
    isYoung || !sends(catalogue, metrics[metric].family);
  return {
    unknown: missing.filter((one) => !mayCome(one)),
    awaited: [...new Set(missing.filter(mayCome).map(({ metric }) => metric))],
  };
}

/** Whether anything of a family is in a catalogue. */
function sends(catalogue: ReadonlySet<string>, family: MetricFamily): boolean {
  const [own, postgres] = [familyPrefixes[family], familyPrefixes.postgres].map(answeredName);
  return [...catalogue].some(
    (name) =>
      name.startsWith(own ?? "") && (family === "postgres" || !name.startsWith(postgres ?? "")),
  );
}
