#!/usr/bin/env node
import { register } from "tsx/esm/api";

// The sources are TypeScript. A tsconfig.json of the directory that a person stands in says nothing about them.
register({ tsconfig: false });
const { main } = await import("../src/program/main.ts");
process.exitCode = await main(process.argv.slice(2));
