import * as v from 'valibot';

/** What a repository is made of, as far as the defaults of a new config depend on it. */
export interface Project {
  /** `empty` has no package.json and nothing else that would tell. */
  readonly kind: 'empty' | 'node' | 'other';
  /** Whether it has a tsconfig.json and TypeScript to read it. */
  readonly typescript: boolean;
  readonly lint: boolean;
  readonly test: 'mocha' | 'jest' | 'vitest' | 'script' | null;
  readonly lockFile: string | null;
  /** How tests are run where something other than Node.js builds; null elsewhere. */
  readonly otherTest: string | null;
}

/** Names in the root, and the text of package.json; null where there is none. */
export interface ProjectFiles {
  readonly names: ReadonlySet<string>;
  readonly packageJson: string | null;
}

const LOCK_FILES = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'];

/** Files that say that something other than Node.js builds here, with what runs its tests as a rule. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['pyproject.toml', 'python -m pytest'],
  ['go.mod', 'go test ./...'],
  ['Cargo.toml', 'cargo test'],
  ['pom.xml', 'mvn --batch-mode test'],
  ['build.gradle', './gradlew test'],
  ['build.gradle.kts', './gradlew test'],
  ['Gemfile', 'bundle exec rake test'],
]);

/** What `npm init` writes where there are no tests. */
const NO_TEST = 'no test specified';

const manifest = v.object({
  scripts: v.optional(v.record(v.string(), v.string()), {}),
  dependencies: v.optional(v.record(v.string(), v.string()), {}),
  devDependencies: v.optional(v.record(v.string(), v.string()), {}),
});

export function readProject({ names, packageJson }: ProjectFiles): Project {
  const parsed = v.safeParse(manifest, parseJson(packageJson ?? '{}'));
  const { scripts, dependencies, devDependencies } = parsed.success
    ? parsed.output
    : { scripts: {}, dependencies: {}, devDependencies: {} };
  const packages = new Map(Object.entries({ ...dependencies, ...devDependencies }));
  const commands = new Map(Object.entries(scripts));
  const test = commands.get('test') ?? NO_TEST;
  return {
    ...kindOf(names),
    typescript: names.has('tsconfig.json') && packages.has('typescript'),
    lint: commands.has('lint'),
    test: test.includes(NO_TEST) ? null : runnerOf(test),
    lockFile: LOCK_FILES.find((name) => names.has(name)) ?? null,
  };
}

function kindOf(names: ProjectFiles['names']): Pick<Project, 'kind' | 'otherTest'> {
  if (names.has('package.json')) return { kind: 'node', otherTest: null };
  const [otherTest = null] = [...OTHERS].flatMap(([name, run]) => (names.has(name) ? [run] : []));
  return { kind: otherTest === null ? 'empty' : 'other', otherTest };
}

/** Behind a script of another name there may be anything. */
function runnerOf(script: string): Project['test'] {
  return (['mocha', 'jest', 'vitest'] as const).find((name) => script.startsWith(name)) ?? 'script';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
