import * as l10n from '@vscode/l10n';

/** What a pre-flight is doing, as the trainer says it, in the window's language; what is not known here as it is. */
export function progressWords(doing: string): string {
  switch (doing) {
    case 'Setting up the sandbox':
      return l10n.t('Setting up the sandbox');
    case 'Running the tests':
      return l10n.t('Running the tests');
    case 'Trying functions without their bodies':
      return l10n.t('Trying functions without their bodies');
    case 'Choosing the device':
      return l10n.t('Choosing the device');
    case 'Opening the model':
      return l10n.t('Opening the model');
    case 'Measuring how fast the model writes':
      return l10n.t('Measuring how fast the model writes');
    default:
      return doing;
  }
}
