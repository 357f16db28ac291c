import config from "./jest.config.js";

/** @type {import("jest").Config} */
export default { ...config, testMatch: ["**/*.long.test.ts"], testPathIgnorePatterns: [] };
