import { csvTable } from "../export/csv";
import { escapeMarkdown, fenced, markdownTable } from "../export/markdown";
import { lightTheme, type SeriesTheme } from "../export/pictureTheme";
import { dotsSvg } from "../export/plots";
import { count, rated } from "../reasoning/words";
import { findingWords } from "./findingWords";
import { preferredHead } from "./preferredHead";
import { quoted } from "./quoted";
import { type ArenaRanking, ranking } from "./ranking";
import { type ArenaReport, isNamed, namesShown, pairOf } from "./report";
import { type AnswerEvent, answerKey, type Choice } from "./spec";

/** When and by what a run was written. */
export interface Written {
  /** ISO 8601. */
  readonly created: string;
  /** Program and version. */
  readonly by: string;
}

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
function voteRows(report: ArenaReport): VoteRow[] {
  const places = new Map(report.matches.map((match) => [match.id, match]));
  return [...report.votes].flatMap(([id, choice]) => {
    const match = places.get(id);
    if (!match || !namesShown(report, match)) return [];
    const { answers } = pairOf(report, match);
    if (!answers) return [];
    return {
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
  });
}

/** Answers whose writers may be named, prompt by prompt. */
function namedAnswers(report: ArenaReport): { readonly name: string; readonly answer: AnswerEvent }[] {
  const { prompts, contestants, rounds } = report.spec;
  return prompts.flatMap(({ id: prompt }) =>
    Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
      contestants.flatMap(({ id: contestant, name }) => {
        const id = { prompt, contestant, round };
        const answer = report.answers.get(answerKey(id));
        return answer && isNamed(report, id) ? [{ name, answer }] : [];
      }),
    ),
  );
}

/** Whether there is something to export: answers side by side, or votes whose names are shown. */
export function isExportable(report: ArenaReport): boolean {
  return report.spec.names === "always" ? report.answers.size > 0 : voteRows(report).length > 0;
}

/** A row for each vote; of a comparison side by side, for each answer. */
export function arenaCsv(report: ArenaReport): string {
  if (report.spec.names !== "always") {
    const head = ["prompt", "text", "round", "left", "right", "choice", "blind", "left answer", "right answer"];
    return csvTable([head, ...voteRows(report).map((row) => Object.values(row))]);
  }
  const texts = new Map(report.spec.prompts.map(({ id, text }) => [id, text]));
  return csvTable([
    ["prompt", "text", "round", "contestant", "answer", "tokens", "ended by", "seed"],
    ...namedAnswers(report).map(({ name, answer: { prompt, round, text, tokens, reason, seed } }) => [
      ...[prompt, texts.get(prompt), round + 1, name, text, tokens.length, reason, seed],
    ]),
  ]);
}

/** A comparison with its figures as one JSON document: spec, models, finding, ranking, votes and answers that may be named. */
export function arenaJson(report: ArenaReport, { created, by }: Written): string {
  const { spec, models, ended, votes, matches } = report;
  const blind = spec.names !== "always";
  const found = blind ? ranking(report) : undefined;
  const document = {
    ...{ created, by, ended: ended ?? null, models },
    ...(found && { finding: wordsOf(found), ranking: found }),
    ...(blind && { pairs: matches.length, voted: votes.size, votes: voteRows(report) }),
    spec,
    answers: namedAnswers(report).map(({ answer: { type: _, ...answer } }) => answer),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** A report as Markdown, and the files it refers to, which belong into the same folder. */
export interface MarkdownReport {
  readonly markdown: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** The finding, the ranking with its plot, every prompt with its answers, and how they were asked. */
export function arenaMarkdown(
  report: ArenaReport,
  { name, created, by, theme = lightTheme }: Written & { readonly name: string; readonly theme?: SeriesTheme },
): MarkdownReport {
  const found = report.spec.names === "always" ? undefined : ranking(report);
  const files = found ? [{ name: `${name}-ranking.svg`, text: rankingPlot(found, theme) }] : [];
  const plots = files.map((file) => `![Ranking](${encodeURIComponent(file.name)})\n\n`);
  const parts = [
    `# ${escapeMarkdown(name)}\n\n`,
    ...(found ? [`${escapeMarkdown(wordsOf(found))}\n\n`, ...plots, rankingTable(found), "\n"] : []),
    answersPart(report),
    contestantsPart(report),
    `Made ${created} by ${by}, seed ${report.spec.seed}.\n`,
  ];
  return { markdown: parts.join(""), files };
}

function wordsOf(found: ArenaRanking): string {
  const { key, rest } = findingWords(found);
  return `${key} ${rest}`;
}

function rankingPlot(found: ArenaRanking, { series, ...theme }: SeriesTheme): string {
  const rows = found.contestants.map(({ name, preferred }) => ({ name, share: preferred, color: series[0] }));
  return dotsSvg(preferredHead(found.contestants.length), rows, { ...theme, series });
}

function rankingTable(found: ArenaRanking): string {
  const heads = ["", preferredHead(found.contestants.length), "Won", "Lost", "Tie", "Both bad"];
  const rows = found.contestants.map(({ name, preferred, wins, losses, ties, bothBad }) => [
    ...[name, rated(preferred), count(wins), count(losses), count(ties), count(bothBad)],
  ]);
  return markdownTable(heads, rows);
}

function answersPart(report: ArenaReport): string {
  const votes = new Map<string, VoteRow[]>();
  for (const row of voteRows(report)) votes.set(row.prompt, [...(votes.get(row.prompt) ?? []), row]);
  const answers = namedAnswers(report);
  return report.spec.prompts
    .map(({ id, text }) => {
      const own = answers.filter(({ answer }) => answer.prompt === id);
      if (own.length === 0) return "";
      const said = own.map(({ name, answer }) => `**${escapeMarkdown(name)}**\n\n${fenced(answer.text)}\n`);
      const chosen = (votes.get(id) ?? []).map((row) => `- ${escapeMarkdown(voteWords(row))}\n`);
      return `## Prompt ${escapeMarkdown(id)}\n\n${fenced(text)}\n${said.join("")}${chosen.join("")}${chosen.length > 0 ? "\n" : ""}`;
    })
    .join("");
}

function voteWords({ left, right, choice, blind }: VoteRow): string {
  const note = blind ? "" : " (names were known)";
  if (choice === "tie") return `${quoted(left)} and ${quoted(right)}: tie${note}`;
  if (choice === "bothBad") return `${quoted(left)} and ${quoted(right)}: both bad${note}`;
  const [better, worse] = choice === "left" ? [left, right] : [right, left];
  return `${quoted(better)} better than ${quoted(worse)}${note}`;
}

function contestantsPart({ spec, models }: ArenaReport): string {
  const heads = ["", "Model", "Template", "System message", "Temperature", "Tokens at most"];
  const rows = spec.contestants.map(({ name, model, template, system = "", sampler, maxTokens }) => [
    ...[name, models.find(({ id }) => id === model)?.name ?? model, template, system],
    ...[String(sampler.temperature), count(maxTokens)],
  ]);
  return `## Compared\n\n${markdownTable(heads, rows, (column) => column > 3)}\n`;
}
