import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const may = (sourceTag, ...onlyDependOnLibsWithTags) => ({ sourceTag, onlyDependOnLibsWithTags });

/** Who may import whom: docs/architecture.md. Never a rule from '*' to '*': it is on and forbids nothing. */
const boundaries = (...also) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    allow: [],
    depConstraints: [
      may('type:contracts', 'type:contracts'),
      {
        ...may('type:domain', 'type:domain', 'type:contracts'),
        bannedExternalImports: ['@nestjs/*', 'typeorm', '@nats-io/*', 'class-validator', 'class-transformer'],
      },
      may('type:bus', 'type:bus', 'type:contracts', ...also),
      may('type:platform', 'type:platform', 'type:contracts', ...also),
      may('type:kit', 'type:kit', 'type:bus', 'type:platform', 'type:contracts', ...also),
      may('type:channel', 'type:kit', 'type:contracts', ...also),
      may('type:crm', 'type:crm', 'type:domain', 'type:bus', 'type:platform', 'type:contracts', ...also),
      may('type:simulators', 'type:simulators', 'type:contracts'),
      may('type:client', 'type:client'),
      may('type:web', 'type:web', 'type:client'),
      may('type:portal', 'type:portal', 'type:client', 'type:platform'),
      may(
        'type:tools',
        'type:tools',
        'type:contracts',
        'type:bus',
        'type:platform',
        'type:kit',
        'type:client',
        'type:simulators',
      ),
    ],
  },
];

const anEnum = { selector: 'TSEnumDeclaration', message: 'Write a readonly list and the union made from it.' };
const aDefaultExport = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Export by name.' },
];
const aSave = {
  selector: 'CallExpression[callee.type="MemberExpression"][callee.property.name="save"]',
  message: 'save() reads, then writes: use insert().orIgnore(), or an update with the version in its WHERE.',
};
const environment = { object: 'process', property: 'env', message: 'Read the environment in a settings class.' };
const environmentImport = {
  name: 'node:process',
  importNames: ['env', 'default'],
  message: 'Read the environment in a settings class.',
};

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/node_modules', '.nx', '.tools', '.data', 'libs/api-client/src/schema.ts'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended.map(config => ({ ...config, files: ['**/*.mjs'] })),
  ...tseslint.configs.recommendedTypeChecked.map(config => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(),
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'all' }],
      // A method of a contract that answers a promise is written async, whether it has something to await or not.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-properties': ['error', environment],
      'no-restricted-imports': ['error', { paths: [environmentImport] }],
      'no-restricted-syntax': ['error', anEnum, ...aDefaultExport],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-param-reassign': 'error',
    },
  },
  {
    files: ['libs/domain/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@filodiretto/contracts', message: 'The rules use plain words: @filodiretto/contracts/model.' },
          ],
          patterns: [{ group: ['node:*'], message: 'The rules do no input or output.' }],
        },
      ],
    },
  },
  {
    files: ['libs/domain/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        anEnum,
        ...aDefaultExport,
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'The rules are told the time.' },
        {
          selector: 'MemberExpression[object.name="Date"][property.name="now"]',
          message: 'The rules are told the time.',
        },
        {
          selector: 'MemberExpression[object.name="Math"][property.name="random"]',
          message: 'The rules do not guess.',
        },
      ],
    },
  },
  {
    files: ['apps/crm/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', anEnum, ...aDefaultExport, aSave] },
  },
  {
    files: ['apps/console/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  { files: ['libs/platform/src/settings/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['tools/**/*.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off', 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/testing.ts', '**/testing/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries('type:simulators'),
      'no-restricted-properties': 'off',
    },
  },
);
