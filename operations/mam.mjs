#!/usr/bin/env node
import "tsx";

await import("./mam.ts");
