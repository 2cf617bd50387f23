export interface PageParts {
  /** Where style and font may be loaded from, in the words of a content security policy. */
  readonly source: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** Of the window, such as `en` or `zh-cn`. */
  readonly language: string;
  /** By their English, the texts in that language; none for English. */
  readonly texts?: Readonly<Record<string, unknown>> | undefined;
}

/** The page may load its own script, style and icon font, and nothing else from anywhere. */
export function pageHtml({ source, nonce, script, style, language, texts }: PageParts): string {
  const policy = `default-src 'none'; style-src ${source}; font-src ${source}; script-src 'nonce-${nonce}'`;
  // Data that looks like an end of its element is none.
  const data = JSON.stringify(texts ?? {}).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Reinforce</title>
  <link rel="stylesheet" href="${style}" id="vscode-codicon-stylesheet">
</head>
<body>
  <script type="application/json" id="texts">${data}</script>
  <script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
