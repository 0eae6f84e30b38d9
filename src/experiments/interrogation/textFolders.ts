/** Ends of names of texts that people write; code says little that could be asked for. */
export const textEndings = "md markdown mdx txt text rst adoc asciidoc org tex".split(" ");

/** Folders whose texts are not somebody's own. */
export const foldersLeftOut = "node_modules .git .venv dist out build target .promptscope".split(" ");
