#!/usr/bin/env bash
# parse-prometheus-text-format 1.1.1 on a histogram with a label beside `le`, as nearly every service exposes one.
# Expected: one series for each value of the label, each with its buckets, count and sum. Seen: one series without labels, with
# the buckets of the last value, and neither count nor sum; counters with the same label are two series:
#   counter: [{"value":"2","labels":{"method":"GET"}},{"value":"40","labels":{"method":"PUT"}}]
#   histogram: [{"buckets":{"0.5":"30","+Inf":"40"}}]
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund parse-prometheus-text-format@1.1.1
cat >seen.mjs <<'JS'
import parse from "parse-prometheus-text-format";
const series = (method, fast, all, sum) => [
  `seconds_bucket{method="${method}",le="0.5"} ${fast}`,
  `seconds_bucket{method="${method}",le="+Inf"} ${all}`,
  `seconds_sum{method="${method}"} ${sum}`,
  `seconds_count{method="${method}"} ${all}`,
];
const text = [
  "# TYPE requests counter", 'requests{method="GET"} 2', 'requests{method="PUT"} 40',
  "# TYPE seconds histogram", ...series("GET", 1, 2, 0.9), ...series("PUT", 30, 40, 25),
];
const [counter, histogram] = parse(`${text.join("\n")}\n`);
console.log(`counter: ${JSON.stringify(counter.metrics)}`);
console.log(`histogram: ${JSON.stringify(histogram.metrics)}`);
JS
seen=$(node seen.mjs)
expected='counter: [{"value":"2","labels":{"method":"GET"}},{"value":"40","labels":{"method":"PUT"}}]
histogram: [{"buckets":{"0.5":"30","+Inf":"40"}}]'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
