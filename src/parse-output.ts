import { parseDiagnostics } from './failures/parse-diagnostics.ts';
import { parseReport } from './failures/parse-report.ts';
import type { ParseOutput } from './verification/run-options.ts';

/**
 * What the tool wrote for machines tells more than what it printed, where it can be read; a report that names no
 * place leaves those to the output, such as one of tests that could not even be loaded.
 */
export function parserOf(root: string): ParseOutput {
  return (output, { workingDirectory }, report) => {
    const place = { root, workingDirectory };
    const found = report === null ? null : parseReport(report, place);
    if (found !== null && found.diagnostics.length > 0) return found;
    const printed = parseDiagnostics(output, place);
    return { ...printed, testsRun: found?.testsRun ?? printed.testsRun };
  };
}
