import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/tokenView.css";
import "../ui/slider.css";
import "../ui/charts/charts.css";
import "../runs/runs.css";
import "./explorer.css";
import { Plot } from "../ui/charts/plot";
import { defineControls } from "../ui/controls";
import { followRegionKeys } from "../ui/regions";
import { acquireHost } from "../ui/vscodeApi";
import { Explorer } from "./explorer";

defineControls();
customElements.define("ps-plot", Plot);

const root = document.getElementById("panel");
if (!root) throw new Error("the page has no #panel");
followRegionKeys(root);
const explorer = new Explorer(root, acquireHost());
explorer.start().catch((error: unknown) => explorer.fail(error));
