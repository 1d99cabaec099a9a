import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMMANDS, parseCommand, type Command } from '../../../src/decide/commands.ts';

const START: Command = { kind: 'start', module: 'plex-auth' };
const LINE = '/session start plex-auth';

describe('a command', () => {
  it.each<[string, string, Command]>([
    ['stands on a line', LINE, START],
    ['may be indented by up to three spaces', `   ${LINE}`, START],
    ['may follow other words', `Let us go.\n\n${LINE}\nThanks!`, START],
    ['may be followed by more words', `${LINE} please`, START],
    ['may end in CR LF', `Go.\r\n${LINE}\r\n`, START],
    ['may have spaces and tabs between its words', '/session \t start   plex-auth  ', START],
    ['may follow a quote', `> ${LINE} was said\n\n${LINE}`, START],
    ['may follow a closed fence', `\`\`\`sh\nls\n\`\`\`\n${LINE}`, START],
    ['may follow a line of inline code with three backticks', `\`\`\`ls\`\`\`\n${LINE}`, START],
    ['may follow an HTML comment of one line', `<!-- note -->\n${LINE}`, START],
    ['without a name asks for help', '/session', { kind: 'help' }],
    ['of help asks for help', '/session help', { kind: 'help' }],
    [
      'of halt has a type and the rest as its reason',
      '/session halt spec-ambiguity  Two   readings.',
      { kind: 'halt', failureType: 'spec-ambiguity', reason: 'Two readings.' },
    ],
    ['of halt may lack both', '/session halt', { kind: 'halt', failureType: null, reason: '' }],
    ['of start without a module is none that is known', '/session start', unknown('start')],
    ['of another word is none that is known', '/session explode now', unknown('explode now')],
    ['is told by its first word, as it is written', '/session START x', unknown('START x')],
  ])('%s', (_, comment, command) => {
    expect(parseCommand(comment)).toEqual(command);
  });

  it('is the first of its comment', () => {
    expect(parseCommand('/session start a\n/session start b')).toEqual({
      kind: 'start',
      module: 'a',
    });
  });

  it('is shown in the help as it can be written', () => {
    const kinds = COMMANDS.map((text) => parseCommand(text.replaceAll(/[<>]/gu, ''))?.kind);
    expect(kinds).toEqual(['start', 'halt', 'help']);
  });
});

describe('no command', () => {
  it.each([
    ['is in an empty comment', ''],
    ['is in plain words', 'Please start plex-auth.'],
    ['stands inside a line', `Write ${LINE} to start.`],
    ['stands in a quote', `> ${LINE}`],
    ['stands in a quote of a quote', `> > ${LINE}`],
    ['stands in a list', `- ${LINE}`],
    ['is indented as code by spaces', `    ${LINE}`],
    ['is indented as code by a tab', `\t${LINE}`],
    ['stands in inline code', `\`${LINE}\``],
    ['stands in a fence of backticks', `\`\`\`\n${LINE}\n\`\`\``],
    ['stands in a fence of tildes', `~~~\n${LINE}\n~~~`],
    ['stands in a fence with a language', `\`\`\`sh\n${LINE}\n\`\`\``],
    ['stands in a fence that is never closed', `\`\`\`\n${LINE}`],
    ['stands in a fence of four that holds one of three', `\`\`\`\`\n\`\`\`\n${LINE}\n\`\`\`\``],
    ['stands in a fence of backticks that holds one of tildes', `\`\`\`\n~~~\n${LINE}\n\`\`\``],
    ['stands in a fence after what only opens one', `\`\`\`\n\`\`\`sh\n${LINE}\n\`\`\``],
    ['stands in an HTML comment', `<!--\n${LINE}\n-->`],
    ['stands in an HTML comment that is never closed', `Hi <!-- \n${LINE}`],
    ['is a longer word', '/sessions start plex-auth'],
    ['is another word', '/start plex-auth'],
  ])('%s', (_, comment) => {
    expect(parseCommand(comment)).toBeNull();
  });

  it('comes of any text that does not hold the word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('/session'));
        expect(parseCommand(text)).toBeNull();
      }),
    );
  });
});

function unknown(asked: string): Command {
  return { kind: 'unknown', asked };
}
