import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** The HTML of the page for one webview. */
export function pageOf(webview: vscode.Webview, dist: vscode.Uri): string {
  const at = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  return pageHtml({
    source: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    script: at('panel.js'),
    style: at('panel.css'),
    language: vscode.env.language,
    texts: vscode.l10n.bundle,
  });
}
