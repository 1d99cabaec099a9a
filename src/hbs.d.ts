/** A template, compiled at build time; every value of its view is Markdown that is safe where it lands. */
declare module '*.hbs' {
  const render: (view: object) => string;
  export default render;
}
