import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as ids from "../../src/contributions";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const words = JSON.parse(readFileSync("package.nls.json", "utf8")) as Record<string, string>;
const { contributes } = manifest;
const text = JSON.stringify(manifest);
const sorted = (values: Iterable<string>): string[] => [...values].sort();

it("has the same commands in the manifest and in the code", () => {
  const contributed = contributes.commands.map(({ command }: { command: string }) => command);
  expect(sorted(contributed)).toEqual(sorted(Object.values(ids.commands)));
});

it("names only commands that exist in menus and keybindings", () => {
  const known = new Set<string>(Object.values(ids.commands));
  const menus = Object.values(contributes.menus).flat() as { command?: string }[];
  const used = [...menus, ...contributes.keybindings].flatMap(({ command }) => command ?? []);
  expect(used.filter((command) => !known.has(command))).toEqual([]);
});

it("takes no keys of VS Code's own", () => {
  // Open Chat and Open Quick Chat; with AltGr they type í in some layouts, and Ł in others.
  const taken = ["ctrl+alt+i", "ctrl+alt+shift+l"];
  // Of notebooks alone, or of the find widget (Replace All), of notebooks on Windows (Execute Cell) and of chats (Skip, Insert).
  const elsewhere: Readonly<Record<string, readonly string[]>> = {
    "ctrl+k t": ["!notebookEditorFocused"],
    "ctrl+alt+enter": ["!findWidgetVisible", "!notebookEditorFocused", "!inChat"],
  };
  for (const { key, mac, when } of contributes.keybindings as { key: string; mac?: string; when: string }[]) {
    expect(taken).not.toContain(key);
    expect(when.split(" && "), key).toEqual(expect.arrayContaining([...(elsewhere[key] ?? [])]));
    // On macOS Ctrl+K deletes to the line's end.
    if (key.startsWith("ctrl+k ")) expect(mac).toBe(key.replace("ctrl+k", "cmd+k"));
  }
});

it("puts every command under one category", () => {
  for (const command of contributes.commands) expect(command.category, command.command).toBe("Promptscope");
});

it("has the same settings in the manifest and in the code", () => {
  expect(sorted(Object.keys(contributes.configuration.properties))).toEqual(sorted(ids.settingIds));
});

it("keeps an untrusted workspace from settings that exist", () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  expect(ids.settingIds).toEqual(expect.arrayContaining(restrictedConfigurations));
});

it("gives every setting a default, a type and a description", () => {
  for (const [id, property] of Object.entries<Record<string, unknown>>(contributes.configuration.properties)) {
    expect(Object.keys(property), id).toEqual(
      expect.arrayContaining(["default", "type", "markdownDescription", "scope"]),
    );
  }
});

it("has the same colours in the manifest and in the code, for all four kinds of theme", () => {
  const contributed = contributes.colors.map(({ id }: { id: string }) => id);
  expect(sorted(contributed)).toEqual(
    sorted(Object.values(ids.colors).flatMap((some) => (typeof some === "string" ? [some] : Object.values(some)))),
  );
  for (const { id, defaults } of contributes.colors) {
    expect(sorted(Object.keys(defaults)), id).toEqual(["dark", "highContrast", "highContrastLight", "light"]);
  }
});

it("has the same views and tools in the manifest and in the code", () => {
  expect(sorted(contributes.views.promptscope.map(({ id }: { id: string }) => id))).toEqual(
    sorted(Object.values(ids.views)),
  );
  expect(contributes.languageModelTools.map(({ name }: { name: string }) => name)).toEqual(
    Object.values(ids.languageModelTools),
  );
});

it("asks in its when clauses only for context keys that the code sets", () => {
  const asked = new Set(
    text.match(
      /promptscope\.(?:budget\.(?:counting|filtered|state)|surprisal\.on|claims\.(?:shown|probing)|knowledge\.shown|continuing|(?:explorer|reasoning|probe|arena|suites|interrogation)\.inFront)\b/g,
    ) ?? [],
  );
  expect(sorted(asked)).toEqual(sorted(Object.values(ids.contextKeys)));
});

it("activates for each panel that can be restored", () => {
  for (const panel of Object.values(ids.panels)) {
    expect(manifest.activationEvents).toContain(`onWebviewPanel:${panel}`);
  }
});

it("has words for every key and no words left over", () => {
  const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? ""));
  expect(sorted(used)).toEqual(sorted(Object.keys(words)));
});

it("names only files that exist", () => {
  const files = [...text.matchAll(/"((?:\.\/)?media\/[^"]+)"/g)].map(([, file]) => file ?? "");
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
