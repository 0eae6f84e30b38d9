import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/charts/charts.css";
import "./modelDetails.css";
import { Plot } from "../ui/charts/plot";
import { defineControls } from "../ui/controls";
import { followRegionKeys } from "../ui/regions";
import { acquireHost } from "../ui/vscodeApi";
import { ModelDetails } from "./modelDetails";

defineControls();
customElements.define("ps-plot", Plot);

const root = document.getElementById("panel");
if (!root) throw new Error("the page has no #panel");
followRegionKeys(root);
const details = new ModelDetails(root, acquireHost());
details.start().catch((error: unknown) => details.fail(error));
