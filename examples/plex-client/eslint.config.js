import js from '@eslint/js';
import jsdoc from 'eslint-plugin-jsdoc';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The code-style reminders of the orchestration documents; none of the rules needs type information. */
const codeStyle = {
  '@typescript-eslint/explicit-function-return-type': 'error',
  'max-lines-per-function': ['error', { max: 50 }],
  'max-lines': ['error', { max: 300 }],
  '@typescript-eslint/naming-convention': [
    'error',
    {
      selector: 'classMethod',
      modifiers: ['private'],
      format: ['camelCase'],
      leadingUnderscore: 'require',
    },
    { selector: 'interface', format: ['PascalCase'], prefix: ['I'] },
  ],
  'jsdoc/require-jsdoc': [
    'error',
    {
      require: { FunctionDeclaration: false },
      contexts: [
        'MethodDefinition:not([accessibility="private"]):not([kind="constructor"])',
        'TSMethodSignature',
      ],
    },
  ],
  'jsdoc/require-description': 'error',
};

export default defineConfig(
  { ignores: ['coverage/', 'orchestration-docs/'] },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { jsdoc },
    rules: codeStyle,
  },
  {
    files: ['src/modules/**/*.ts'],
    ignores: ['**/__tests__/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ThrowStatement',
          message: 'Return a Result (src/result.ts) instead of throwing.',
        },
        {
          selector: "CallExpression[callee.object.name='Promise'][callee.property.name='reject']",
          message: 'Resolve to a Result (src/result.ts) instead of rejecting.',
        },
      ],
    },
  },
  {
    // A suite is one function that holds its tests; each of those is short by itself.
    files: ['**/__tests__/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
);
