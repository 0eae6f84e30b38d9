import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/tokenView.css";
import "../ui/slider.css";
import "../ui/charts/charts.css";
import "../runs/runs.css";
import "./explorer.css";
import { Plot } from "../ui/charts/plot";
import { startPanel } from "../ui/startPanel";
import { Explorer } from "./explorer";

customElements.define("ps-plot", Plot);
startPanel((root, host) => new Explorer(root, host));
