// Loaded before an image's own program: one in twenty of its answers is a failure of its own, as after a release with a fault in it.
import { ServerResponse } from "node:http";

/** Every which of the answers fails: 5 %. */
const every = 20;

/** What whoever watches asks for: a release whose checks fail would never run. */
const ofWatchers = /^\/(api\/)?(health|service-levels)/;

const { writeHead } = ServerResponse.prototype;
let answers = 0;

ServerResponse.prototype.writeHead = function (status, ...rest) {
  const isUsers = !ofWatchers.test(this.req?.url ?? "");
  if (isUsers) answers += 1;
  const fails = isUsers && answers % every === 0;
  return writeHead.call(this, fails ? 500 : status, ...rest);
};
