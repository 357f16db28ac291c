/** Starts servers, says where, and stays: a test kills it. */
import { dirname } from "node:path";

import { findEngines, startTestDatabase, startTestValkey } from "../../src/index.ts";

const engines = await findEngines({ only: ["postgres", "valkey"] });
const database = await startTestDatabase(engines);
const valkey = await startTestValkey(engines);
const directories = [database.server.socketDirectory, dirname(valkey.server.path)];
console.log(JSON.stringify({ port: database.server.port, directories }));
