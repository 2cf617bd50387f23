/**
 * The README as an extension's page can show it: VS Code loads no pictures from inside a package, and links to files of
 * the repository lead nowhere from there, so that pictures (alone or in tables of nothing else) go and such links become their text.
 */
export function readmeOfExtension(readme: string): string {
  return readme
    .replace(/^\|[ |]*\n\|[-|]+\n(?:\|(?: !\[[^\]]*\]\([^)]*\) \|)+\n)+\n?/gm, '')
    .replace(/^!\[[^\]]*\]\([^)]*\)\n\n?/gm, '')
    .replace(/(?<!!)\[([^\]]+)\]\((?![a-z]+:|#)[^)]*\)/g, '$1');
}
