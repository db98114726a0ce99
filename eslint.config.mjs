// One lint for the whole house. Rules are few and each one guards something that has hurt control-room software:
// a forgotten await, a switch that misses a new state, an `any` that lets a bad value through.
import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

/**
 * `npm test` lints everything: one program for the whole house, instead of one for each project with the same sources in it again and again. A few files by hand
 * are quicker with the project they belong to.
 */
const PROGRAM = process.env.HAVEN_LINT === 'whole' ? { project: './scripts/tsconfig.lint.json' } : { projectService: { allowDefaultProject: ['*.ts'] } };

export default tseslint.config(
  { ignores: ['node_modules/**', '.vite/**', 'out/**', 'dist/**', '.haven/**', '.tmp/**', 'tests/architecture/seeded/**', '**/*.cjs', '**/*.mjs'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parserOptions: {
        ...PROGRAM,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['src/main/cli.ts', 'src/main/cli/**', 'scripts/**', 'simulators/server/**', 'tests/**'], rules: { 'no-console': 'off' } },
  {
    files: ['src/renderer/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['src/domain/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'Date', message: 'The domain has no clock: time comes in with the event.' }],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'The domain has no randomness: same inputs, same outputs.' }],
    },
  },
);
