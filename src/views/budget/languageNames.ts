/** A language as an extension's manifest declares it (`contributes.languages`). */
export interface LanguageContribution {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly extensions?: readonly string[];
  readonly filenames?: readonly string[];
}

/** Tells a file's language from its name, by what the installed extensions declare. */
export class LanguageNames {
  private readonly labels = new Map<string, string>();
  private readonly byName = new Map<string, string>();
  private readonly byExtension = new Map<string, string>();

  constructor(contributions: readonly LanguageContribution[]) {
    for (const { id, aliases, extensions = [], filenames = [] } of contributions) {
      if (aliases?.[0] && !this.labels.has(id)) this.labels.set(id, aliases[0]);
      for (const extension of extensions) this.byExtension.set(extension.toLowerCase(), id);
      for (const name of filenames) this.byName.set(name.toLowerCase(), id);
    }
  }

  /** The language's name; ".xyz files" for unknown extensions, "No extension" without one. */
  of(fileName: string): string {
    const name = fileName.toLowerCase();
    const id = this.byName.get(name) ?? this.byLongestExtension(name);
    if (id !== undefined) return this.labels.get(id) ?? id;
    const dot = name.lastIndexOf(".");
    return dot > 0 ? `${name.slice(dot)} files` : "No extension";
  }

  private byLongestExtension(name: string): string | undefined {
    for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
      const id = this.byExtension.get(name.slice(dot));
      if (id !== undefined) return id;
    }
    return undefined;
  }
}
