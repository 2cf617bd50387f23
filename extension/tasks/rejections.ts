import * as l10n from '@vscode/l10n';

/** Why functions are no tasks, in words; a reason that is not known here is shown as it is. */
export function reasonWords(reason: string): string {
  switch (reason) {
    case 'file-not-parsed':
      return l10n.t('The file has syntax that is not understood');
    case 'empty-body':
      return l10n.t('Nothing is in the body');
    case 'body-too-long':
      return l10n.t('The body is too long');
    case 'body-on-header-line':
      return l10n.t('The body stands on the line of its header');
    case 'duplicate':
      return l10n.t('The same function is a task elsewhere');
    case 'tests-green-with-wrong-body':
      return l10n.t('Its tests pass with a wrong body');
    case 'mutants-survive':
      return l10n.t('Its tests do not notice most small changes of its body');
    case 'too-few-tests':
      return l10n.t('Too few tests depend on it');
    case 'calls-held-out-function':
      return l10n.t('It calls a function that is held out');
    case 'name-not-unique':
      return l10n.t('Another function of the file has the same name');
    case 'never-called-by-tests':
      return l10n.t('No test calls it');
    case 'called-while-loading':
      return l10n.t('It is called while the file is loaded');
    case 'tests-green-without-body':
      return l10n.t('Its tests pass without its body');
    case 'tests-time-out-without-body':
      return l10n.t('Its tests do not end without its body');
    case 'tests-unsteady':
      return l10n.t('Its tests do not always pass');
    case 'tests-take-too-long':
      return l10n.t('Its tests take too long');
    case 'sandbox-failed':
      return l10n.t('The sandbox failed');
    default:
      return reason.replaceAll('-', ' ');
  }
}
