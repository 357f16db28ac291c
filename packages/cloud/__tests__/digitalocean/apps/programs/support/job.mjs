// A job that ends as JOB in its environment says.
const { JOB = "succeeds" } = process.env;
console.log("migrating");
if (JOB === "fails") {
  console.error("relation exists already");
  process.exit(4);
}
if (JOB === "hangs") setInterval(() => undefined, 1000);
