import { instanceCount, scaledComponents } from "../../apps/deployments/rollout.ts";
import { instanceSize } from "../../apps/instance-sizes.ts";
import type { App, Deployment, Instance } from "../../apps/model.ts";
import type { ServiceSpec, WorkerSpec } from "../../apps/spec/spec.ts";
import { type Metric, catalogue } from "./catalogue.ts";
import { appSignals, swinging } from "./made-up.ts";
import { hasProcesses } from "./processes.ts";
import type { RecordedMetrics } from "./recorded.ts";
import { type Series, labelsOf } from "./series.ts";

/** Where an app is found, and from when on. */
export interface AppPlace {
  readonly region: string;
  /** Milliseconds since the epoch before which it has no series. */
  readonly silentUntil: number;
}

/** What a series of an app is measured from. */
interface Source {
  readonly app: App;
  readonly recorded: RecordedMetrics;
}

type Spec = ServiceSpec | WorkerSpec;
type Measure = (at: number) => number | undefined;

const endOf = ({ terminated, killed }: Instance) => terminated ?? killed ?? Infinity;

const lives = (instance: Instance, at: number) => instance.started <= at && at < endOf(instance);

/** The deployment whose rules requests followed at a time. */
export const routedAt = ({ deployments }: App, at: number): Deployment | undefined =>
  deployments.findLast(({ routes_since: since }) => since !== undefined && since <= at);

/** Whether an instance is ready at a time; undefined where nobody looked. */
function isReady({ recorded }: Source, one: Instance, at: number): boolean | undefined {
  if (!one.isProgram) return one.answers !== undefined && one.answers <= at;
  const seen = recorded.valueAt("ready", one.name, at);
  return seen === undefined ? undefined : seen === 1;
}

/** An app that ran before anybody looked is not one that was not ready. */
function readyAt(source: Source, _spec: Spec, own: readonly Instance[], at: number) {
  const states = own.filter((one) => lives(one, at)).map((one) => isReady(source, one, at));
  return states.includes(undefined) ? undefined : states.filter(Boolean).length;
}

/** What is counted of a component's instances at a time. */
const replicas: Readonly<
  Record<
    string,
    (source: Source, spec: Spec, own: readonly Instance[], at: number) => number | undefined
  >
> = {
  "do.apps.app_replicas_current": (_source, _spec, own, at) =>
    own.filter((one) => lives(one, at)).length,
  "do.apps.app_replicas_desired": ({ app }, { name }, own, at) => {
    const routed = routedAt(app, at);
    const spec =
      routed && scaledComponents(routed.spec).find((one) => one.spec.name === name)?.spec;
    if (!spec) return 0;
    const grown = own.filter(
      (one) =>
        one.deployment === routed.id && lives(one, at) && !(one.draining && one.draining <= at),
    );
    return spec.autoscaling ? grown.length : instanceCount(spec);
  },
  "do.apps.app_replicas_ready": readyAt,
};

/** A part of a size as percent, or the amount itself. */
function sizedBy(metric: Metric, { instance_size_slug: slug }: Spec): number {
  const { cpus = "1", memory_bytes: memory = "0" } = instanceSize(slug) ?? {};
  const whole = metric.name.includes("cpu") ? Number(cpus) : Number(memory);
  return metric.unit === "%" ? 1 : whole / 100;
}

/** CPU and memory of an instance: measured in percent of its size, whatever the metric's unit. */
function useOf({ recorded }: Source, metric: Metric, spec: Spec, instance: Instance): Measure {
  const factor = sizedBy(metric, spec);
  const isCpu = metric.name.includes("cpu");
  if (instance.isProgram && hasProcesses) {
    const measured = isCpu ? "cpu-percent" : "memory-percent";
    return (at) => {
      const percent = recorded.valueAt(measured, instance.name, at);
      return percent === undefined ? undefined : percent * factor;
    };
  }
  const signal = isCpu ? appSignals.cpuPercent : appSignals.memoryPercent;
  return (at) => factor * swinging(signal, instance.name, at);
}

const restarts = (instance: Instance): Measure => {
  return (at) => instance.restarts?.filter((time) => time <= at).length ?? 0;
};

function requestsOf(
  { app, recorded }: Source,
  metric: Metric,
  name: string,
  own: readonly Instance[],
): Measure {
  if (own.some(({ isProgram }) => isProgram)) {
    return (at) => recorded.valueAt(metric.name, `${app.id} ${name}`, at);
  }
  const isRate = metric.unit === "{request}/s";
  const signal = isRate ? appSignals.requestsPerSecond : appSignals.p95Seconds;
  return (at) => swinging(signal, `${app.id} ${name}`, at);
}

function componentMeasure(
  source: Source,
  metric: Metric,
  spec: Spec,
  own: readonly Instance[],
): Measure {
  const counted = replicas[metric.name];
  if (counted) return (at) => counted(source, spec, own, at);
  return requestsOf(source, metric, spec.name, own);
}

const metrics = catalogue.filter(({ product }) => product === "apps");

function seriesOfComponent(
  source: Source,
  place: AppPlace,
  { kind, spec }: ReturnType<typeof scaledComponents>[number],
): Series[] {
  const urn = `do:app:${source.app.id}`;
  const own = source.app.instances.filter(({ component }) => component === spec.name);
  const series = (
    metric: Metric,
    further: Record<string, string>,
    life: Pick<Series, "begins" | "ends" | "measure">,
  ): Series => ({
    metric,
    urn,
    region: place.region,
    labels: labelsOf(metric, urn, { app_component: spec.name, ...further }),
    ...life,
    begins: Math.max(life.begins, place.silentUntil),
  });
  return metrics.flatMap((metric) => {
    if (metric.scope === "instance") {
      return own.map((instance) =>
        series(
          metric,
          { app_component_instance: instance.name },
          {
            begins: instance.started,
            ends: endOf(instance),
            measure:
              metric.kind === "counter"
                ? restarts(instance)
                : useOf(source, metric, spec, instance),
          },
        ),
      );
    }
    const [first] = own;
    if (!first || (metric.scope === "service" && kind !== "service")) return [];
    const measure = componentMeasure(source, metric, spec, own);
    return [series(metric, {}, { begins: first.started, ends: Infinity, measure })];
  });
}

/** The series of an app: of the components that its active deployment has. */
export function appSeries(source: Source, place: AppPlace): Series[] {
  const active = source.app.deployments.find(({ id }) => id === source.app.active_deployment);
  const components = active ? scaledComponents(active.spec) : [];
  return components.flatMap((component) => seriesOfComponent(source, place, component));
}
