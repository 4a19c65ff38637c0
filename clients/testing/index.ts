/** `h5sm/testing`: a device for tests, and matchers, without a test runner. */
export type { LeftKey, LeftOperation } from './baseline.ts';
export type { ExpectedCall } from './expected-call.ts';
export { type DeviceMatchers, type MatcherContext, type MatcherResult, matchers } from './matchers.ts';
export { DEFAULT_SEED, startTestDevice, type TestDevice, type TestDeviceOptions } from './test-device.ts';
