// The SDK is pinned, and what it says about its next releases is of no use to whoever runs the tests.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** @type {import("jest").Config} */
export default {
  // Modules are loaded once a worker instead of once a file: docs/decisions/0018-tests-in-plain-node.md.
  runner: "jest-light-runner",
  setupFiles: ["<rootDir>/jest.setup.js"],
  roots: ["<rootDir>/__tests__", "<rootDir>/packages"],
  testMatch: ["**/*.test.ts"],
  // On a platform that real Terraform deploys first: `npm run test:platform`, and `npm run test:long` for those that take minutes.
  testPathIgnorePatterns: ["\\.(platform|long)\\.test\\.ts$"],
  transform: {},
  // All of a small machine: one core less, Jest's default, would leave one of two.
  maxWorkers: "100%",
};
