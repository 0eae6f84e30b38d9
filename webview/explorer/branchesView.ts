import { html, nothing, type TemplateResult } from "lit";
import type { Tree } from "../../src/experiments/explorer/data";
import { beamOf, leavesOf, pathTo, sumLogProb, type TreePath, textOf } from "../../src/experiments/explorer/tree";
import { cellBar } from "../ui/charts/cellBars";
import { checkedOf } from "../ui/controls";
import { dropdown, pills } from "../ui/fields";
import { count, plural } from "../ui/format";
import { labelledWhole } from "../ui/slider";
import { nameOf, tokenView } from "../ui/tokenView";
import type { Explorer } from "./explorer";
import { togglePruned, treeView } from "./treeView";
import { nats, percentWords } from "./words";

/** Paths in the list of the best. */
const listed = 50;

/** The tree of what was tried, or its paths with the likeliest first. */
export function branchesView(explorer: Explorer, tree: Tree): TemplateResult {
  const { view } = explorer;
  const leaves = leavesOf(tree);
  const pruned = leaves.filter((each) => each.pruned).length;
  const none = tree.nodes.length === 1;
  return html`<section class="branches" aria-label="Branches" data-region>
    <div class="row wrap section-head">
      <h2>
        Branches
        <span class="muted"
          >${none ? "none yet" : `${plural(leaves.length, "path")} tried${pruned > 0 ? `, ${count(pruned)} pruned` : ""}`}</span
        >
      </h2>
      <span class="sp"></span>
      ${pills(
        "Branches as",
        [
          { value: "tree", label: "Tree" },
          { value: "best", label: "Best paths" },
        ],
        view.paths,
        (paths) => explorer.setView({ paths }),
      )}
    </div>
    ${
      none
        ? html`<p class="muted none-yet">
            Take a token, branch on one, or press Continue: what was tried stays here, with its probability.
          </p>`
        : view.paths === "tree"
          ? treeView(explorer, tree)
          : bestPaths(explorer, tree)
    }
    ${none ? nothing : inHand(explorer, tree)} ${growth(explorer)}
  </section>`;
}

/** The beam view: whole paths, the likeliest first. */
function bestPaths(explorer: Explorer, tree: Tree): TemplateResult {
  const { perToken } = explorer.view;
  const paths = beamOf(tree, listed, { lengthNormalised: perToken });
  const most = Math.max(1e-12, ...paths.map((path) => shareOf(path, perToken)));
  return html`<div class="best-scroll">
    <vscode-checkbox ?checked=${perToken} @change=${(event: Event) => explorer.setView({ perToken: checkedOf(event) })}
      >By mean per token, so that long paths are not behind only for being long</vscode-checkbox
    >
    <table class="best">
      <thead>
        <tr>
          <th class="r">#</th>
          <th>Path</th>
          <th class="r">tokens</th>
          <th class="r">Σ ln p</th>
          <th class="r">per token</th>
          <th class="r" colspan="2">path</th>
          <th><span class="sr">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${paths.map((path, index) => {
          const { leaf, nodes, logProb } = path;
          const here = leaf.id === tree.hand;
          return html`<tr class=${here ? "here" : ""}>
            <td class="r muted">${index + 1}</td>
            <td class="mono path-text" title=${textOf(nodes)}>
              ${nodes.slice(0, 60).map(({ token }) => (token ? tokenView(token) : nothing))}${nodes.length > 60 ? "…" : ""}
            </td>
            <td class="r">${count(nodes.length)}</td>
            <td class="r">${nats(logProb!)}</td>
            <td class="r">${nats(logProb! / nodes.length)}</td>
            <td class="best-bar">${cellBar({ fill: shareOf(path, perToken) / most })}</td>
            <td class="r">${percentWords(Math.exp(logProb!))}</td>
            <td class="r acts">
              <button class="link" ?disabled=${here} @click=${() => explorer.do("go", leaf.id)}>Go</button>
              <button class="link" @click=${() => togglePruned(explorer, leaf.id)}>Prune</button>
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function shareOf({ logProb, nodes }: TreePath, perToken: boolean): number {
  return Math.exp(perToken ? logProb! / nodes.length : logProb!);
}

function inHand(explorer: Explorer, tree: Tree): TemplateResult | typeof nothing {
  const path = pathTo(tree, tree.hand);
  if (path.length === 0) return html`<p class="small muted">In hand: the prompt.</p>`;
  const sum = sumLogProb(path);
  const last = path.at(-1)!;
  const product =
    path.length > 1 && path.length <= 4 && sum !== null
      ? `${path.map(({ token }) => Math.exp(token!.logProb!).toFixed(3)).join(" × ")} = ${percentWords(Math.exp(sum))}`
      : sum === null
        ? "probability not known: a token’s was not given"
        : `${plural(path.length, "token")}, ${percentWords(Math.exp(sum))}`;
  return html`<p class="small muted hand-line">
    In hand: <span class="mono fg">${path.slice(-12).map(({ token }) => (token ? nameOf(token) : ""))}</span>, ${product}
    ${explorer.state.link.label === null ? nothing : html`<button class="link" id="insert" title="Puts this path into the file, after the prompt" @click=${() => explorer.do("insert", tree.hand)}>Insert into the file</button>`}
    <button class="link" @click=${() => explorer.do("copyText", textOf(path))}>Copy</button>
    <button class="link" @click=${() => togglePruned(explorer, last.id)}>Prune</button>
  </p>`;
}

/** How “Continue” grows. */
function growth(explorer: Explorer): TemplateResult {
  const { growth: now } = explorer.view;
  const set = (change: Partial<typeof now>) => explorer.setView({ growth: { ...now, ...change } });
  return html`<div class="row wrap growth">
    ${dropdown(
      "growth-how",
      "Continue by",
      [
        { value: "draw", label: "Drawing" },
        { value: "greedy", label: "The likeliest each time" },
        { value: "beam", label: "Beam search" },
      ],
      now.how,
      (how) =>
        set(how === "beam" ? { how, count: Math.max(2, now.count) } : { how: how === "greedy" ? "greedy" : "draw" }),
    )}
    ${
      now.how === "greedy"
        ? nothing
        : labelledWhole({
            ...{ id: "growth-count", label: now.how === "beam" ? "Paths kept" : "Continuations" },
            ...{ value: now.count, min: 1, max: 32 },
            change: (count) => set({ count }),
          })
    }
    ${labelledWhole({
      ...{ id: "growth-tokens", label: "Tokens", value: now.tokens, min: 1, max: 1000 },
      change: (tokens) => set({ tokens }),
    })}
  </div>`;
}
