/** The documents that a user's own template may override. */
export type TemplateName =
  'orchestration-document' | 'pull-request-body' | 'escalation-issue' | 'dashboard';

/** Renders a document from its fields, each of them Markdown that is safe where it lands. */
export type Template = (fields: object) => string;

/** A user's own templates; ours render what is not among them. */
export type UserTemplates = Readonly<Partial<Record<TemplateName, Template>>>;
