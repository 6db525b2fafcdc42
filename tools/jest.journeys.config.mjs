import preset from '../jest.preset.mjs';
export default {
  ...preset,
  displayName: 'journeys',
  testMatch: ['<rootDir>/src/journeys/**/*.spec.ts'],
  testTimeout: 60_000,
};
