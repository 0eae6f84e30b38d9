import { csvTable } from "../export/csv";
import { escapeMarkdown, fenced, markdownTable } from "../export/markdown";
import { lightTheme, type SeriesTheme } from "../export/pictureTheme";
import { dotsSvg } from "../export/plots";
import type { MarkdownReport, RunExports, Written } from "../export/runExports";
import { Pieces, type TextParts } from "../export/textParts";
import { groupedBy } from "../groupedBy";
import { count, rated } from "../reasoning/words";
import { tokenCount } from "../tokenCount";
import { fewestPrompts } from "./fewestPrompts";
import { findingWords } from "./findingWords";
import { preferredHead } from "./preferredHead";
import { quoted } from "./quoted";
import { type ArenaRanking, rankingInSlices } from "./ranking";
import { type ArenaReport, isNamed, namesShown, pairOf } from "./report";
import { type AnswerEvent, answerKey, type Choice } from "./spec";

interface VoteRow {
  readonly prompt: string;
  readonly text: string;
  readonly round: number;
  readonly left: string;
  readonly right: string;
  readonly choice: Choice;
  /** False: the names were known when it was given. */
  readonly blind: boolean;
  readonly leftAnswer: string;
  readonly rightAnswer: string;
}

/** Votes whose names are shown, in the order they were given. Others stay out: a table would say whose they are. */
function* voteRows(report: ArenaReport): Generator<VoteRow> {
  const places = new Map(report.matches.map((match) => [match.id, match]));
  for (const [id, choice] of report.votes) {
    const match = places.get(id);
    const answers = match && namesShown(report, match) ? pairOf(report, match).answers : undefined;
    if (!match || !answers) continue;
    yield {
      prompt: match.prompt.id,
      text: match.prompt.text,
      round: match.round + 1,
      left: match.left.name,
      right: match.right.name,
      choice,
      blind: !report.seen.has(id),
      leftAnswer: answers.left.text,
      rightAnswer: answers.right.text,
    };
  }
}

interface NamedAnswer {
  readonly name: string;
  readonly answer: AnswerEvent;
}

/** Answers whose writers may be named, prompt by prompt. */
function* namedAnswers(report: ArenaReport): Generator<NamedAnswer> {
  const { prompts, contestants, rounds } = report.spec;
  for (const { id: prompt } of prompts) {
    for (let round = 0; round < rounds; round++) {
      for (const { id: contestant, name } of contestants) {
        const id = { prompt, contestant, round };
        const answer = report.answers.get(answerKey(id));
        if (answer && isNamed(report, id)) yield { name, answer };
      }
    }
  }
}

/** Whether there is something to export: answers side by side, or votes whose names are shown. */
export function isExportable(report: ArenaReport): boolean {
  return report.spec.names === "always" ? report.answers.size > 0 : voteRows(report).next().done !== true;
}

/** A row for each vote; of a comparison side by side, for each answer. For `inSlices`, like all that follow. */
function* writingCsv(report: ArenaReport): Generator<void, TextParts> {
  const lines = new Pieces();
  if (report.spec.names === "always") {
    lines.add(csvTable([["prompt", "text", "round", "contestant", "answer", "tokens", "ended by", "seed"]]));
    const texts = new Map(report.spec.prompts.map(({ id, text }) => [id, text]));
    for (const { name, answer } of namedAnswers(report)) {
      const { prompt, round, text, reason, seed } = answer;
      lines.add(csvTable([[prompt, texts.get(prompt), round + 1, name, text, tokenCount(answer), reason, seed]]));
      yield;
    }
    return lines.parts();
  }
  lines.add(csvTable([["prompt", "text", "round", "left", "right", "choice", "blind", "left answer", "right answer"]]));
  for (const row of voteRows(report)) {
    lines.add(csvTable([Object.values(row)]));
    yield;
  }
  return lines.parts();
}

/**
 * A comparison as one JSON document: spec, models, finding, ranking, votes and answers that may be named, by number of their
 * tokens; the tokens themselves stand in the run's file.
 */
function* writingJson(report: ArenaReport, { created, by }: Written): Generator<void, TextParts> {
  const { spec, models, ended, votes, matches } = report;
  const found = spec.names === "always" ? undefined : yield* rankingInSlices(report);
  const head = {
    ...{ created, by, ended: ended ?? null, models },
    ...(found && { finding: wordsOf(found), ranking: found, pairs: matches.length, voted: votes.size }),
    spec,
  };
  const rows = { votes: new Pieces(",\n    "), answers: new Pieces(",\n    ") };
  for (const row of voteRows(report)) {
    rows.votes.add(JSON.stringify(row));
    yield;
  }
  for (const { name, answer } of namedAnswers(report)) {
    const { type: _, logProbs: __, tokens: ___, generated: ____, ...rest } = answer;
    rows.answers.add(JSON.stringify({ name, ...rest, tokens: tokenCount(answer) }));
    yield;
  }
  const list = (parts: TextParts): TextParts => (parts.length === 0 ? ["[]"] : ["[\n    ", ...parts, "\n  ]"]);
  return [
    JSON.stringify(head, undefined, 2).slice(0, -2),
    ...(found ? [',\n  "votes": ', ...list(rows.votes.parts())] : []),
    ...[',\n  "answers": ', ...list(rows.answers.parts()), "\n}\n"],
  ];
}

/** The finding, the ranking with its plot, every prompt with its answers, and how they were asked. */
function* writingMarkdown(
  report: ArenaReport,
  { name, created, by, theme = lightTheme }: Written & { readonly name: string; readonly theme?: SeriesTheme },
): Generator<void, MarkdownReport> {
  const found = report.spec.names === "always" ? undefined : yield* rankingInSlices(report);
  const files = found ? [{ name: `${name}-ranking.svg`, text: rankingPlot(found, theme) }] : [];
  const parts = [`# ${escapeMarkdown(name)}\n\n`];
  if (found) parts.push(`${escapeMarkdown(wordsOf(found))}\n\n`);
  for (const file of files) parts.push(`![Ranking](${encodeURIComponent(file.name)})\n\n`);
  if (found) parts.push(rankingTable(found), "\n");
  const votes = groupedBy(voteRows(report), ({ prompt }) => prompt);
  const answers = groupedBy(namedAnswers(report), ({ answer }) => answer.prompt);
  for (const { id, text } of report.spec.prompts) {
    const own = answers.get(id);
    if (own) parts.push(promptPart(id, text, own, votes.get(id) ?? []));
    yield;
  }
  parts.push(contestantsPart(report), `Made ${created} by ${by}, seed ${report.spec.seed}.\n`);
  return { markdown: parts.join(""), files };
}

/** The ranking; undefined side by side, where nobody votes. */
function* writingRanking(report: ArenaReport): Generator<void, string | undefined> {
  return report.spec.names === "always" ? undefined : rankingTable(yield* rankingInSlices(report));
}

export const arenaExports: RunExports<ArenaReport> = {
  csv: writingCsv,
  json: writingJson,
  markdown: writingMarkdown,
  table: writingRanking,
};

function wordsOf(found: ArenaRanking): string {
  const { key, rest } = findingWords(found);
  return `${key} ${rest}`;
}

/** On few prompts there are counts and no shares. */
const unknown = { rate: Number.NaN, low: 0, high: 1 };

function rankingPlot({ contestants, prompts }: ArenaRanking, theme: SeriesTheme): string {
  const [color] = theme.series;
  const rows = contestants.map(({ name, preferred }) => ({
    name,
    share: prompts < fewestPrompts ? unknown : preferred,
    color,
  }));
  return dotsSvg(preferredHead(contestants.length), rows, theme);
}

function rankingTable({ contestants, prompts }: ArenaRanking): string {
  const heads = ["", preferredHead(contestants.length), "Won", "Lost", "Tie", "Both bad"];
  const rows = contestants.map(({ name, preferred, wins, losses, ties, bothBad }) => [
    ...[
      name,
      rated(prompts < fewestPrompts ? unknown : preferred),
      count(wins),
      count(losses),
      count(ties),
      count(bothBad),
    ],
  ]);
  return markdownTable(heads, rows);
}

function promptPart(id: string, text: string, answers: readonly NamedAnswer[], votes: readonly VoteRow[]): string {
  const said = answers.map(({ name, answer }) => `**${escapeMarkdown(name)}**\n\n${fenced(answer.text)}\n`).join("");
  const chosen = votes.map((row) => `- ${escapeMarkdown(voteWords(row))}\n`).join("");
  return `## Prompt ${escapeMarkdown(id)}\n\n${fenced(text)}\n${said}${chosen}${chosen === "" ? "" : "\n"}`;
}

function voteWords({ left, right, choice, blind }: VoteRow): string {
  const note = blind ? "" : " (names were known)";
  if (choice === "tie") return `${quoted(left)} and ${quoted(right)}: tie${note}`;
  if (choice === "bothBad") return `${quoted(left)} and ${quoted(right)}: both bad${note}`;
  const [better, worse] = choice === "left" ? [left, right] : [right, left];
  return `${quoted(better)} preferred to ${quoted(worse)}${note}`;
}

function contestantsPart({ spec, models }: ArenaReport): string {
  const heads = ["", "Model", "Template", "System message", "Temperature", "Tokens at most"];
  const rows = spec.contestants.map(({ name, model, template, system = "", sampler, maxTokens }) => [
    ...[name, models.find(({ id }) => id === model)?.name ?? model, template, system],
    ...[String(sampler.temperature), count(maxTokens)],
  ]);
  return `## Compared\n\n${markdownTable(heads, rows, (column) => column > 3)}\n`;
}
