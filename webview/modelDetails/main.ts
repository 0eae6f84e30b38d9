import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/charts/charts.css";
import "./modelDetails.css";
import { Plot } from "../ui/charts/plot";
import { startPanel } from "../ui/startPanel";
import { ModelDetails } from "./modelDetails";

customElements.define("ps-plot", Plot);
startPanel((root, host) => new ModelDetails(root, host));
