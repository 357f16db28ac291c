import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** What callers are asked to do. */
export interface Calling {
  readonly port: number;
  /** The request of each caller, as it is sent; each has a connection of its own. */
  readonly requests: readonly string[];
  /** Requests a second of all together, each at its time whatever the answers do; null: each caller asks again at once. */
  readonly perSecond: number | null;
  /** Seconds that are measured, after those that are not. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/** What they got. */
export interface Called {
  /** Milliseconds from a request to the end of its answer, in the order of the answers. */
  readonly latencies: readonly number[];
  readonly perSecond: number;
  /** How often something else was answered than 200: by status, or by what happened to the connection. */
  readonly failures: Readonly<Record<string, number>>;
}

interface Caller {
  /** Sends its request, now or when the answer to the one before is there. */
  ask(): void;
  close(): void;
}

type OnAnswer = (milliseconds: number, status: string) => void;

/** A connection on which one request is sent again and again. */
function openCaller(port: number, request: string, onAnswer: OnAnswer): Promise<Caller> {
  const bytes = Buffer.from(request);
  const asked: number[] = [];
  let [head, left, status] = ["", 0, ""];
  const answered = () => {
    const milliseconds = performance.now() - (asked.shift() ?? 0);
    if (asked.length > 0) socket.write(bytes);
    onAnswer(milliseconds, status);
  };
  const take = (chunk: Buffer) => {
    if (left > 0) left -= chunk.length;
    else {
      head += chunk.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      const [, code = "no answer that can be read", length] =
        /^HTTP\/1\.1 (\d{3}) [^]*?\r\ncontent-length: (\d+)\r\n/i.exec(head.slice(0, end + 2)) ??
        [];
      status = code;
      left = Number(length ?? 0) - (head.length - end - 4);
      head = "";
    }
    if (left <= 0) answered();
  };
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  socket.on("data", take);
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", () => {
      for (const at of asked.splice(0)) onAnswer(performance.now() - at, "connection broke off");
    });
    socket.on("connect", () => {
      resolve({
        ask: () => {
          asked.push(performance.now());
          if (asked.length === 1) socket.write(bytes);
        },
        close: () => socket.destroy(),
      });
    });
  });
}

/** Callers at a time that open their connection. */
const openingAtOnce = 50;

async function call(calling: Calling): Promise<Called> {
  const { port, requests, perSecond, seconds, warmUpSeconds } = calling;
  const latencies: number[] = [];
  const failures: Record<string, number> = {};
  let [isMeasuring, isOver] = [false, false];
  const callers: Caller[] = [];
  const open = (request: string, index: number) =>
    openCaller(port, request, (milliseconds, status) => {
      if (isOver) return;
      if (status !== "200") failures[status] = (failures[status] ?? 0) + 1;
      else if (isMeasuring) latencies.push(milliseconds);
      if (perSecond === null) callers[index]?.ask();
    });
  for (let first = 0; first < requests.length; first += openingAtOnce) {
    const some = requests.slice(first, first + openingAtOnce);
    callers.push(...(await Promise.all(some.map((one, index) => open(one, first + index)))));
  }
  const measured = delay(warmUpSeconds * 1000).then(() => (isMeasuring = true));
  if (perSecond === null) for (const caller of callers) caller.ask();
  else await askInTime(callers, perSecond, warmUpSeconds + seconds);
  await measured;
  if (perSecond === null) await delay(seconds * 1000);
  isOver = true;
  for (const caller of callers) caller.close();
  return { latencies, perSecond: latencies.length / seconds, failures };
}

/** A number that has no common divisor with usual numbers of callers: one after the other, far apart. */
const stride = 617;

/**
 * Has callers ask in turn, at times that are spread evenly but for up to an interval: real ones do not come in step, and
 * those that come by chance together should find each other here as well.
 */
async function askInTime(callers: readonly Caller[], perSecond: number, seconds: number) {
  const began = performance.now();
  const interval = 1000 / perSecond;
  for (let index = 0; index < perSecond * seconds; index += 1) {
    // The golden ratio spreads the moments without a pattern, the same in every run.
    const moment = began + (index + ((index * 0.618_034) % 1)) * interval;
    const wait = moment - performance.now();
    if (wait > 0) await delay(wait);
    callers[(index * stride) % callers.length]?.ask();
  }
  // What was asked last is answered, too.
  await delay(200);
}

// From a file, and not from the command line: requests carry tokens, and everybody sees the arguments of programs.
const calling = JSON.parse(await readFile(process.argv[2] ?? "", "utf8")) as Calling;
process.stdout.write(JSON.stringify(await call(calling)), () => process.exit(0));
