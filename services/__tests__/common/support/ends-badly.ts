import { createLogger } from "../../../common/src/log.ts";
import { runService } from "../../../common/src/main.ts";

const log = createLogger("api", { MAM_ENVIRONMENT: "test", RELEASE_DIGEST: "", LOG_LEVEL: "info" });

/** A service that ends in the way that it is told by its argument. */
await runService(() => {
  // It would end for want of anything to do.
  const staying = setInterval(() => undefined, 1000);
  const close = async () => {
    clearInterval(staying);
    if (process.argv[2] === "close") throw new Error("it cannot be closed");
    await Promise.resolve();
  };
  if (process.argv[2] === "throw")
    setTimeout(() => {
      throw new Error("it was thrown");
    }, 50);
  else if (process.argv[2] === "reject")
    setTimeout(() => void Promise.reject(new Error("it was rejected")), 50);
  else setTimeout(() => process.kill(process.pid, "SIGTERM"), 50);
  return Promise.resolve({ close, log });
});
