import type { Diagnostic } from '../domain/failure.ts';
import { MAX_DIAGNOSTICS } from './findings.ts';
import type { Findings } from './findings.ts';
import { looksLikePath, sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';
import { errorLines, failedTest } from './test-failure.ts';
import { decodeXml, readAttribute, scanXml } from './xml-scan.ts';

/** Longer errors are cut while they are read, so that one cannot fill the memory. */
const MAX_ERROR = 20_000;

/** What is open while a report is read; a failure outside a test is its suite's own. */
interface Reading {
  readonly diagnostics: Diagnostic[];
  testsRun: number;
  suite: { readonly title: string; readonly file: string | null };
  test: { readonly title: string; readonly file: string | null; skipped: boolean } | null;
  error: { readonly message: string; text: string } | null;
}

/**
 * Reads JUnit XML as jest-junit, mocha-junit-reporter, Vitest, Mocha's `xunit` and pytest write it. Null where the text
 * is none, or was cut off: a report that was not finished is no proof of anything.
 */
export function parseJunit(xml: string, place: Place): Findings | null {
  const reading: Reading = {
    diagnostics: [],
    testsRun: 0,
    suite: { title: '', file: null },
    test: null,
    error: null,
  };
  let root: string | null = null;
  let depth = 0;
  for (const piece of scanXml(xml)) {
    if (piece.kind === 'text') {
      if (reading.error !== null) addText(reading.error, piece.text, piece.literal);
      continue;
    }
    if (piece.kind === 'open') {
      root ??= piece.name;
      if (root !== 'testsuites' && root !== 'testsuite') return null;
      open(reading, piece.name, piece.attributes);
    } else close(reading, piece.name, place);
    if (piece.name === root) depth += piece.kind === 'open' ? 1 : -1;
  }
  if (root === null || depth !== 0) return null;
  return { diagnostics: reading.diagnostics, testsRun: reading.testsRun };
}

function addText(error: { text: string }, text: string, literal: boolean): void {
  const more = text.slice(0, Math.max(0, MAX_ERROR - error.text.length));
  error.text += literal ? more : decodeXml(more);
}

function open(reading: Reading, name: string, attributes: string): void {
  switch (name) {
    case 'testsuite':
      reading.suite = {
        title: readAttribute(attributes, 'name') ?? '',
        file: readAttribute(attributes, 'file') ?? pathIn(readAttribute(attributes, 'name')),
      };
      return;
    case 'testcase':
      reading.test = { ...testOf(attributes), skipped: false };
      return;
    case 'skipped':
      if (reading.test !== null) reading.test.skipped = true;
      return;
    case 'failure':
    case 'error':
      reading.error = { message: readAttribute(attributes, 'message') ?? '', text: '' };
  }
}

function close(reading: Reading, name: string, place: Place): void {
  if (name === 'testcase') {
    if (reading.test?.skipped === false) reading.testsRun += 1;
    reading.test = null;
  }
  if ((name !== 'failure' && name !== 'error') || reading.error === null) return;
  const { message, text } = reading.error;
  reading.error = null;
  if (reading.diagnostics.length >= MAX_DIAGNOSTICS) return;
  const { title } = reading.test ?? reading.suite;
  const file = reading.test?.file ?? reading.suite.file;
  const lines = errorLines(text.trim() === '' ? message : text);
  reading.diagnostics.push(
    failedTest(title, lines, file === null ? null : sourcePath(file, place), place),
  );
}

/** What a test is called; some reporters repeat its name in its class, and some put the file there. */
function testOf(attributes: string): { readonly title: string; readonly file: string | null } {
  const name = (readAttribute(attributes, 'name') ?? '').replaceAll(' > ', ' › ');
  const className = readAttribute(attributes, 'classname') ?? '';
  const file = readAttribute(attributes, 'file');
  const isSaid = className === '' || name.includes(className) || pathIn(className) !== null;
  return {
    title: isSaid ? name : `${className} › ${name}`,
    file: file ?? pathIn(className),
  };
}

/** A Java class looks like a file's name, so a path needs its folder. */
function pathIn(text: string | null): string | null {
  return text !== null && /[/\\]/.test(text) && looksLikePath(text) ? text : null;
}
