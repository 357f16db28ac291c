import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** What viewers are asked to do. */
export interface Viewing {
  readonly port: number;
  /** Each viewer asks for one after the other, beginning at another place. */
  readonly paths: readonly string[];
  readonly viewers: number;
  /** Seconds that are measured, after those that are not. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/** What they got. */
export interface Viewed {
  readonly megabytesPerSecond: number;
  /** Answers that were not 200, and connections that broke off. */
  readonly failures: number;
}

interface Counter {
  bytes: number;
  failures: number;
}

/** All viewers read into one buffer and throw it away: they cost little beside what they measure. */
const buffer = Buffer.allocUnsafeSlow(256 * 1024);

/** One connection, on which one object is asked for after the other. */
function startViewer({ port, paths }: Viewing, first: number, count: Counter): void {
  let next = first;
  let head = "";
  let left = 0;
  const ask = () => {
    const path = paths[next % paths.length] ?? "/";
    next += 1;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: media\r\n\r\n`);
  };
  const take = (length: number) => {
    if (left > 0) {
      left -= length;
    } else {
      head += buffer.toString("latin1", 0, length);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return true;
      const [, size] = /^HTTP\/1\.1 200 [^]*?\r\ncontent-length: (\d+)\r\n/i.exec(head) ?? [];
      if (size === undefined) count.failures += 1;
      left = Number(size ?? 0) - (head.length - end - 4);
      head = "";
    }
    count.bytes += length;
    if (left <= 0) ask();
    return true;
  };
  const socket = connect({ port, host: "127.0.0.1", onread: { buffer, callback: take } }, ask);
  socket.on("error", () => (count.failures += 1));
  socket.on("close", () => (count.failures += 1));
}

/** Has all of them watch, and counts what arrives. */
async function watch(viewing: Viewing): Promise<Viewed> {
  const count: Counter = { bytes: 0, failures: 0 };
  for (let viewer = 0; viewer < viewing.viewers; viewer += 1) startViewer(viewing, viewer, count);
  await delay(viewing.warmUpSeconds * 1000);
  const [bytes, began] = [count.bytes, performance.now()];
  await delay(viewing.seconds * 1000);
  const seconds = (performance.now() - began) / 1000;
  return {
    megabytesPerSecond: (count.bytes - bytes) / 1e6 / seconds,
    failures: count.failures,
  };
}

const viewed = await watch(JSON.parse(process.argv[2] ?? "{}") as Viewing);
process.stdout.write(JSON.stringify(viewed), () => process.exit(0));
