/** A page with its generated parts, between `<!-- name -->` and `<!-- /name -->`, made anew. */
export function replaceParts(page: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const whole = new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`, 'u');
    if (!whole.test(text)) throw new Error(`The page has no part ${name}.`);
    return text.replace(whole, () => `<!-- ${name} -->\n\n${part}\n\n<!-- /${name} -->`);
  }, page);
}
