// House style, as far as a linter can see it. Who may import what is in dependency-cruiser.js.
import tseslint from 'typescript-eslint';
import { entryPoints, folders } from './packages.js';

const forbid = (selector, message) => ({ selector, message });

const everywhere = [
  forbid('TSEnumDeclaration', 'Use a union of string literals.'),
  forbid('TSModuleDeclaration[kind!="global"]', 'Use a module.'),
  forbid('ExportDefaultDeclaration', 'Export by name.'),
  forbid('ExportSpecifier[exported.name="default"]', 'Export by name.'),
  forbid('FunctionDeclaration[id.name=/^get[A-Z]/]', 'Name a function after what it returns, without `get`.'),
];
const notInSources = [
  forbid('ExportAllDeclaration', 'Only public entry points re-export.'),
  forbid('ExportNamedDeclaration[source]', 'Only public entry points re-export.'),
];
const notInCore = [
  forbid('ClassDeclaration, ClassExpression', 'core has no classes: use values and functions.'),
  forbid(':function[async=true], AwaitExpression', 'core is synchronous.'),
];
const notInTests = [
  forbid(
    'CallExpression > MemberExpression[object.name=/^(describe|it|test|suite)$/][property.name="only"]',
    'A focused test hides all others.',
  ),
];
const restrict = (...lists) => ({ 'no-restricted-syntax': ['error', ...everywhere, ...lists.flat()] });

const undetermined = {
  'no-restricted-globals': ['error', { name: 'Date', message: 'Take the time as an argument.' }],
  'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Take a seed.' }],
};

export default tseslint.config(
  { ignores: ['**/dist/', '**/out/', '**/coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vitest.workspace.ts'] },
        tsconfigRootDir: `${import.meta.dirname}/..`,
      },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-warning-comments': 'error',
    },
  },
  { files: ['packages/*/src/**'], rules: { 'no-console': 'error', ...restrict(notInSources) } },
  { files: ['packages/core/src/**'], rules: restrict(notInSources, notInCore) },
  { files: folders.flatMap(entryPoints), rules: restrict() },
  { files: entryPoints('core'), rules: restrict(notInCore) },
  { files: ['packages/{core,diagrams,testing}/src/**'], rules: undetermined },
  { files: ['packages/{bench,cli}/src/**'], rules: { 'no-console': 'off' } },
  { files: ['**/test/**'], rules: restrict(notInTests) },
  { files: ['**/*.config.{js,ts}', 'vitest.workspace.ts', '.config/*.js'], rules: { 'no-restricted-syntax': 'off' } },
);
