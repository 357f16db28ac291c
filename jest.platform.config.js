import config from "./jest.config.js";

/** @type {import("jest").Config} */
export default { ...config, testMatch: ["**/*.platform.test.ts"], testPathIgnorePatterns: [] };
