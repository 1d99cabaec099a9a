/** A browser's script, bundled at build time, and the source hash by which a page's policy allows it alone. */
declare module '*?script' {
  export const script: string;
  /** In the form of https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy#hash-algorithm-hash-value. */
  export const scriptHash: string;
}
