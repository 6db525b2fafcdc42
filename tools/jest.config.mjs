import preset from '../jest.preset.mjs';
// The journeys need a whole system: `npm test` walks them after the suites.
export default {
  ...preset,
  displayName: 'tools',
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/src/journeys/'],
};
