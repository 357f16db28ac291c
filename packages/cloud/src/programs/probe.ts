import { request } from "node:http";
import { connect } from "node:net";

/** What a check asks, and of whom. */
export interface Probe {
  readonly port: number;
  /** Path that has to answer 200 to 399; without one the port has to be open. */
  readonly path?: string;
  readonly timeoutMilliseconds: number;
}

/** What came of a check. */
export type ProbeResult =
  | { readonly outcome: "passed" }
  /** Nothing listens on the port. */
  | { readonly outcome: "refused" }
  | { readonly outcome: "failed"; readonly reason: string };

const host = "127.0.0.1";

/** Makes a check, as the platform's own does. It is never rejected. */
export function probe(what: Probe): Promise<ProbeResult> {
  return what.path === undefined ? probePort(what) : probePath(what, what.path);
}

const resultOf = (error: Error): ProbeResult =>
  "code" in error && error.code === "ECONNREFUSED"
    ? { outcome: "refused" }
    : { outcome: "failed", reason: error.message };

function probePath({ port, timeoutMilliseconds }: Probe, path: string): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const asked = request({ host, port, path, agent: false }, (answer) => {
      const { statusCode = 0 } = answer;
      answer.resume();
      const passed = statusCode >= 200 && statusCode < 400;
      resolve(
        passed ? { outcome: "passed" } : { outcome: "failed", reason: `status ${statusCode}` },
      );
      asked.destroy();
    });
    const late = new Error(`no answer within ${timeoutMilliseconds / 1000} seconds`);
    const timer = setTimeout(() => asked.destroy(late), timeoutMilliseconds);
    asked.once("close", () => {
      clearTimeout(timer);
    });
    asked.on("error", (error) => {
      resolve(resultOf(error));
    });
    asked.end();
  });
}

function probePort({ port, timeoutMilliseconds }: Probe): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMilliseconds });
    const end = (result: ProbeResult) => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => {
      end({ outcome: "passed" });
    });
    socket.once("timeout", () => {
      end({ outcome: "failed", reason: "the port does not open" });
    });
    socket.once("error", (error) => {
      end(resultOf(error));
    });
  });
}
