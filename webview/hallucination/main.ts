import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/tokenView.css";
import "../ui/slider.css";
import "../ui/charts/charts.css";
import "../runs/runs.css";
import "../runs/experiment.css";
import "./hallucination.css";
import { Plot } from "../ui/charts/plot";
import { defineControls } from "../ui/controls";
import { followRegionKeys } from "../ui/regions";
import { acquireHost } from "../ui/vscodeApi";
import { Probe } from "./probe";

defineControls();
customElements.define("ps-plot", Plot);

const root = document.getElementById("panel");
if (!root) throw new Error("the page has no #panel");
followRegionKeys(root);
const probe = new Probe(root, acquireHost());
probe.start().catch((error: unknown) => probe.fail(error));
