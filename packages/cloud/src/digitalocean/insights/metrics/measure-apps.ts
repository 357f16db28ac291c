import type { Clock } from "../../../clock.ts";
import { instanceSize } from "../../apps/instance-sizes.ts";
import type { App, Instance } from "../../apps/model.ts";
import { answersFor } from "../../apps/traffic/ingress.ts";
import type { TrafficEntry } from "../../apps/traffic/traffic-log.ts";
import { runningComponents } from "../../apps/spec/spec.ts";
import type { Store } from "../../store.ts";
import type { CpuMeter } from "./cpu-meter.ts";
import type { ProcessTable } from "./processes.ts";
import type { RecordedMetrics } from "./recorded.ts";

/** What runs apps, as far as it is measured. */
export interface MeasuredPrograms {
  pidOf(instance: string): number | undefined;
  readonly traffic: { latest(milliseconds: number): readonly TrafficEntry[] };
}

/** What a look works with. */
export interface Look {
  readonly store: Store;
  readonly clock: Clock;
  readonly recorded: RecordedMetrics;
  readonly processes: ProcessTable;
  readonly cpu: CpuMeter;
}

const lives = ({ isProgram, terminated, killed }: Instance) =>
  isProgram === true && terminated === undefined && killed === undefined;

/** CPUs and bytes that an instance may use. */
function sizeOf(app: App, instance: Instance): { cpus: number; bytes: number } {
  const deployment = app.deployments.find(({ id }) => id === instance.deployment);
  const component = runningComponents(deployment?.spec ?? app.spec).find(
    ({ spec }) => spec.name === instance.component,
  );
  const size = instanceSize(component?.spec.instance_size_slug);
  return { cpus: Number(size?.cpus ?? 1), bytes: Number(size?.memory_bytes ?? Infinity) };
}

function measureInstance(look: Look, app: App, instance: Instance, pid: number | undefined): void {
  const { recorded, processes, cpu } = look;
  const at = look.clock.now().getTime();
  const { name } = instance;
  recorded.record("ready", name, at, instance.answers === undefined ? 0 : 1);
  const use = pid === undefined ? undefined : processes.useOf(pid);
  if (!use) return;
  const { cpus, bytes } = sizeOf(app, instance);
  const cores = cpu.coresOf(`${name} ${pid}`, use.cpuSeconds);
  if (cores !== undefined) recorded.record("cpu-percent", name, at, (100 * cores) / cpus);
  recorded.record("memory-percent", name, at, (100 * use.memoryBytes) / bytes);
}

/** The 95th percentile: the smallest value that is not smaller than 95 % of all. */
const p95 = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.ceil(0.95 * values.length) - 1];

/** Rate and duration of the requests of a service, as the ingress saw them in the last seconds. */
function measureRequests(
  { recorded, clock }: Look,
  of: string,
  requests: readonly TrafficEntry[],
  seconds: number,
): void {
  const at = clock.now().getTime();
  recorded.record("do.apps.app_requests_per_second", of, at, requests.length / seconds);
  const slowest = p95(requests.map(({ milliseconds }) => milliseconds));
  if (slowest !== undefined) {
    recorded.record("do.apps.app_request_duration_p95", of, at, slowest / 1000);
  }
}

/** Measures all instances that are programs, and the requests to their components in the last seconds. */
export function measureApps(look: Look, programs: MeasuredPrograms, seconds: number): void {
  const requests = programs.traffic.latest(seconds * 1000);
  for (const app of look.store.apps) {
    const running = app.instances.filter(lives);
    for (const one of running) measureInstance(look, app, one, programs.pidOf(one.name));
    for (const component of new Set(running.map((one) => one.component))) {
      const own = requests.filter(
        (one) => one.component === component && answersFor(app, one.host),
      );
      measureRequests(look, `${app.id} ${component}`, own, seconds);
    }
  }
}
