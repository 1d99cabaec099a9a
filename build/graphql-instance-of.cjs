/** What graphql does in production; otherwise it compares class names at every check. */
module.exports = { instanceOf: (value, constructor) => value instanceof constructor };
