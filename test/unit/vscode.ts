/** What pure parts of the host use of the editor's API: texts, untranslated. */
export const l10n = {
  t: (message: string, ...values: (string | number | boolean)[]): string =>
    message.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole)),
};
