import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  allForms,
  formOf,
  nearestForms,
  parseComment,
  roleFor,
  type Command,
} from '../../../src/decide/commands.ts';
import { EDGES } from '../../../src/decide/transitions.ts';

const LINE = '/session start plex-auth';
const START = command('start', 'plex-auth');

describe('a command', () => {
  it.each<[string, string, Command]>([
    ['stands on a line', LINE, START],
    ['may be indented by up to three spaces', `   ${LINE}`, START],
    ['may follow other words', `Let us go.\n\n${LINE}\nThanks!`, START],
    ['may be followed by more words', `${LINE} please`, command('start', 'plex-auth', 'please')],
    ['may end in CR LF', `Go.\r\n${LINE}\r\n`, START],
    ['may have spaces and tabs between its words', '/session \t start   plex-auth  ', START],
    ['may follow a quote', `> ${LINE} was said\n\n${LINE}`, START],
    ['may follow a closed fence', `\`\`\`sh\nls\n\`\`\`\n${LINE}`, START],
    ['may follow a line of inline code with three backticks', `\`\`\`ls\`\`\`\n${LINE}`, START],
    ['may follow an HTML comment of one line', `<!-- note -->\n${LINE}`, START],
    ['without a name asks for help', '/session', { name: 'help', words: [], asked: '' }],
    ['of help asks for help', '/session help', command('help')],
    [
      'of halt has its words made single-spaced',
      '/session halt spec-ambiguity  Two   readings.',
      command('halt', 'spec-ambiguity', 'Two', 'readings.'),
    ],
    ['may lack its words', '/session halt', command('halt')],
    ['has a hyphen where its name has', '/session ack-spec', command('ack-spec')],
    ['of another word is none that is known', '/session explode now', unknown('explode', 'now')],
    ['is told by its first word, as it is written', '/session START x', unknown('START', 'x')],
    ['is none that every object has', '/session constructor', unknown('constructor')],
  ])('%s', (_, comment, expected) => {
    expect(parseComment(comment).commands).toEqual([expected]);
  });

  it('is one of several, in their order', () => {
    const { commands } = parseComment(`/session cancel\nthen\n\n${LINE}\n/session bogus`);
    expect(commands).toEqual([command('cancel'), START, unknown('bogus')]);
  });

  it('leaves the lines beside it, which may say why', () => {
    expect(parseComment(`Use \`PlexToken\`.\n\n/session retry\n> quoted\n`).rest).toBe(
      'Use `PlexToken`.\n\n> quoted',
    );
    expect(parseComment(LINE).rest).toBe('');
  });

  it('is shown in the help as it can be written', () => {
    for (const implied of [null, 'plex-auth']) {
      const names = allForms(implied).map((form) => parseComment(form).commands[0]?.name);
      expect(names).toEqual([
        'start',
        'retry',
        'halt',
        'verify',
        'status',
        'ack-spec',
        'cancel',
        'reopen',
        'complete',
        'help',
      ]);
    }
  });

  it('names its module where nothing implies it', () => {
    expect([formOf('retry', 'plex-auth'), formOf('retry', null)]).toEqual([
      '/session retry',
      '/session retry <module>',
    ]);
    expect(formOf('halt', null)).toBe('/session halt <module> <failure-type> <reason>');
    expect(formOf('help', null)).toBe('/session help');
  });

  it.each([
    ['retyr', ['/session retry <module>']],
    ['retyr plex-auth', ['/session retry plex-auth']],
    ['START plex-auth', ['/session start plex-auth']],
    ['ackspec', ['/session ack-spec <module>']],
    ['stat', ['/session start <module>', '/session status <module>']],
    ['frobnicate', []],
  ])('misspelt as %s has its nearest right forms', (asked, forms) => {
    const [first] = parseComment(`/session ${asked}`).commands;
    expect(first === undefined ? [] : nearestForms(first, null)).toEqual(forms);
  });

  it('takes the role that its edge of the table takes', () => {
    expect(roleFor('start')).toBe(EDGES.request.by.comment);
    expect(roleFor('retry')).toBe(EDGES.retry.by.comment);
    expect(roleFor('retry')).toBe(EDGES.rearm.by.comment);
    expect(roleFor('halt')).toBe(EDGES.halt.by.comment);
    expect(roleFor('ack-spec')).toBe(EDGES['ack-spec'].by.comment);
    expect(roleFor('cancel')).toBe(EDGES.cancel.by.comment);
    expect(roleFor('cancel')).toBe(EDGES.withdraw.by.comment);
    expect(roleFor('reopen')).toBe(EDGES.reopen.by.comment);
    expect(roleFor('complete')).toBe(EDGES.adopt.by.comment);
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
    expect(parseComment(comment)).toEqual({ commands: [], rest: comment.trim() });
  });

  it('comes of any text that does not hold the word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('/session'));
        expect(parseComment(text).commands).toEqual([]);
      }),
    );
  });
});

function command(name: NonNullable<Command['name']>, ...words: readonly string[]): Command {
  return { name, words, asked: [name, ...words].join(' ') };
}

function unknown(...words: readonly string[]): Command {
  return { name: null, words: words.slice(1), asked: words.join(' ') };
}
