/** Wasabi and nothing else, until its input ends: a test looks at the memory of this process. */
import { once } from "node:events";

import { startTestWasabi } from "../support.ts";

const { wasabi } = await startTestWasabi();
console.log(JSON.stringify(wasabi.urls));
process.stdin.resume();
await once(process.stdin, "end");
await wasabi.close();
