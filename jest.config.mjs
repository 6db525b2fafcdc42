export default {
  projects: [
    '<rootDir>/libs/*/jest.config.mjs',
    '<rootDir>/apps/console/jest.config.mjs',
    '<rootDir>/apps/crm/jest.config.mjs',
    '<rootDir>/apps/portal/jest.config.mjs',
    '<rootDir>/apps/channels/*/jest.config.mjs',
    '<rootDir>/tools/jest.config.mjs',
  ],
};
