import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/tokenView.css";
import "../ui/slider.css";
import "../ui/charts/charts.css";
import "../runs/runs.css";
import "../runs/experiment.css";
import "./reasoning.css";
import { Plot } from "../ui/charts/plot";
import { startPanel } from "../ui/startPanel";
import { Reasoning } from "./reasoning";

customElements.define("ps-plot", Plot);
startPanel((root, host) => new Reasoning(root, host));
