import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";

import { type Statement, statementsOf } from "../statement.ts";
import type { World } from "../world.ts";
import { differs } from "../tools/differs.ts";
import { makeLongFilm } from "./film.ts";
import { add, gone, newJob, stateOf } from "./jobs.ts";
import { workerNeeds } from "./needs.ts";
import { askTheQueue } from "./queue-stage.ts";

const queue = statementsOf("worker", "docs/jobs.md", [
  ...workerNeeds,
  "ffmpeg",
  "HLS_SEGMENT_SEC",
  "FFMPEG_RETRIES",
]);

async function strangers(world: World) {
  const { isStrangerThere } = await askTheQueue(world);
  return [!isStrangerThere && "a job of version 2 is gone"];
}

async function locked(world: World) {
  const { reports, isThere } = (await askTheQueue(world)).locked;
  return [
    reports.length > 0 &&
      `a job whose lock somebody else holds was reported: ${reports.join(", ")}`,
    !isThere && "its entry is gone",
  ];
}

const fields = ["job", "reason", "attempts", "at"];

async function malformed(world: World) {
  const { left, letters, token } = (await askTheQueue(world)).malformed;
  const letter = letters.at(-1);
  return [
    left,
    letter === undefined && "there is no dead letter",
    ...fields.map((name) => letter?.[name] === undefined && `no field ${name}`),
    Object.values(letter ?? {})
      .join(" ")
      .includes(token) && "the dead letter holds the token",
  ];
}

async function givenUp(world: World) {
  const { job, failure, left, letters } = (await askTheQueue(world)).givenUp;
  const letter = letters.find((one) => one.job?.includes(job.id) === true);
  const reports = (await world.reports).on(job.report).map(({ body }) => body.event);
  return [
    failure,
    left,
    reports.includes("started") && "another attempt was begun",
    letter === undefined && "there is no dead letter of the job",
    ...fields.map((name) => letter?.[name] === undefined && `no field ${name}`),
    letter?.job?.includes(job.token) === true && "the dead letter holds the job's token",
  ];
}

async function refused(world: World) {
  const { failure, left, objects, job } = (await askTheQueue(world)).text;
  const report = (await world.reports).on(job.report).find(({ body }) => body.event === "refused");
  const reason = report?.body.reason;
  return [
    failure,
    left,
    (typeof reason !== "string" || reason.length < 10) && `the reason is "${String(reason)}"`,
    objects.includes("preview.json") && "a file that is no film has a preview.json",
  ];
}

async function triedAgain(world: World) {
  const { tries } = (await askTheQueue(world)).text;
  return [tries < 2 && `a report that was answered 503 was tried ${tries} times`];
}

async function takenOver(world: World) {
  const { job, failure } = (await askTheQueue(world)).text;
  const begun = (await world.reports).on(job.report).find(({ body }) => body.event === "started");
  const attempt = begun?.body.attempt;
  return [
    begun === undefined && "the entry of a worker that died was not taken over",
    begun !== undefined &&
      attempt !== 1 &&
      `40 deliveries count as attempts: it is attempt ${String(attempt)}`,
    begun !== undefined && failure,
  ];
}

async function over(world: World) {
  const { left, objects } = (await askTheQueue(world)).over;
  return [left, objects.includes("preview.json") && "a preview was made of a job that is over"];
}

async function groupAgain(world: World) {
  const valkey = await world.valkey;
  const stream = `${world.run}-lost`;
  const given = await world.target.another?.("worker", { PREVIEW_STREAM: stream });
  try {
    await valkey.del(stream, `${stream}:dead`);
    const entry = await add(world, { version: 1, id: randomUUID() }, stream);
    return [await gone(world, entry, stream)];
  } finally {
    await given?.kill();
    await valkey.del(stream, `${stream}:dead`);
  }
}

/** Milliseconds for which an entry looks untouched that was given back to be taken over soon. */
const givenBackIdle = 20_000;

async function givenBack(world: World) {
  const valkey = await world.valkey;
  const stream = `${world.run}-given-back`;
  const worker = await world.target.another?.("worker", { PREVIEW_STREAM: stream });
  const begun = new EventEmitter();
  const started = once(begun, "started");
  try {
    const { bytes } = await makeLongFilm(world);
    const job = await newJob(world, "given-back", bytes, ({ body }) => {
      begun.emit(body.event);
      return 204;
    });
    const entry = await add(world, job, stream);
    await started;
    const code = await worker?.end();
    const { pending } = await stateOf(world, entry, stream);
    const events = (await world.reports).on(job.report).map(({ body }) => body.event);
    const idle = Number(pending?.[2]);
    return [
      differs("the exit code", code, 0),
      differs("released was reported", events.includes("released"), true),
      differs("ready was reported", events.includes("ready"), false),
      !(idle > givenBackIdle) && `the entry is idle for ${idle} ms: nobody takes it over`,
      differs("locks", await valkey.exists(`previews:lock:${job.id}`), 0),
    ];
  } finally {
    await worker?.kill();
    await valkey.del(stream);
  }
}

/** What a worker does with the stream. */
export const queueStatements: readonly Statement[] = [
  queue({
    id: "worker-strangers",
    statement: "a job of a version that it does not know is left to others",
    words: "A worker that meets a version it does not know leaves the entry to others",
    check: strangers,
  }),
  queue({
    id: "worker-locked",
    statement: "a job whose lock somebody else holds is left alone",
    words: "A job whose lock another worker holds is left alone",
    check: locked,
  }),
  queue({
    id: "worker-malformed",
    statement: "an entry that is no job becomes a dead letter at once",
    words: "An entry that is no job goes there at once.",
    check: malformed,
  }),
  queue({
    id: "worker-gives-up",
    statement:
      "after FFMPEG_RETRIES attempts a job is reported as failed, and becomes a dead letter without its token",
    words: "with the fields `job`, `reason`, `attempts` and `at`, without its token",
    check: givenUp,
  }),
  queue({
    id: "worker-refused",
    statement: "a file that is no film is refused with words, and its entry is done with",
    words: "the file is no film, or broken; it is not tried again",
    check: refused,
  }),
  queue({
    id: "worker-tries-again",
    statement: "a report that was not taken is sent again",
    words: "Anything else: tried again later.",
    check: triedAgain,
  }),
  queue({
    id: "worker-takes-over",
    statement: "the entry of a worker that died is taken over; its deliveries are no attempts",
    words: "takes over entries that nobody touched for 30 seconds",
    check: takenOver,
  }),
  queue({
    id: "worker-over",
    statement: "a job that the API says is over is dropped",
    words: "409: the job is over, the worker drops it.",
    check: over,
  }),
  queue({
    id: "worker-group-again",
    statement: "the consumer group is made again when Valkey has lost it",
    words:
      "Creates the group if it is not there, at its start **and** whenever Valkey answers `NOGROUP`",
    needs: ["another instance"],
    check: groupAgain,
  }),
  queue({
    id: "worker-gives-back",
    statement: "on SIGTERM a worker gives its job back at once, and exits with 0",
    words: "so that another worker takes it at once), and exits",
    needs: ["another instance"],
    check: givenBack,
  }),
];
