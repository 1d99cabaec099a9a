/** What whoever answers an escalation is asked, and what they may answer. */
export interface Question {
  readonly question: string;
  readonly options: readonly string[];
}

const QUESTIONS: Readonly<Record<string, Question>> = {
  'missing-type': {
    question: 'A type is used that the specification does not define. What is it to be?',
    options: [
      'Define the type in the shared types and list it under the module’s `types`.',
      'Change the implementation prompt so that the type is not needed.',
      'Say which existing type is meant.',
    ],
  },
  'spec-ambiguity': {
    question: 'The specification can be read in more than one way. Which reading holds?',
    options: [
      'Change the implementation prompt or the context handoff so that one reading is left.',
      'Say in the resolution which reading holds; the next document quotes it.',
    ],
  },
  'impossible-assertion': {
    question:
      'A test asks for behaviour that nothing specifies. Is the test or the specification wrong?',
    options: [
      'Specify the behaviour in the implementation prompt.',
      'Correct or remove the assertion.',
    ],
  },
};

const OTHERWISE: Question = {
  question: 'What has to change so that the next attempt can succeed?',
  options: [
    'Change the specification: the implementation prompt, the shared types or the context handoff.',
    'Change the configuration: the verification commands, the gates or the deliverables.',
    'Leave both and tell the next attempt in the resolution what to do differently.',
  ],
};

export function questionFor(failureType: string | null): Question {
  return (failureType === null ? undefined : QUESTIONS[failureType]) ?? OTHERWISE;
}
