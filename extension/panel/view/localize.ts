/**
 * The texts in the window's language, which the host has written into the page. To be imported before all that has texts:
 * some are made as their modules are loaded.
 */
import * as l10n from '@vscode/l10n';

const texts = document.getElementById('texts')?.textContent;
if (texts) l10n.config({ contents: texts });
