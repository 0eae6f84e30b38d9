import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/slider.css";
import "../ui/charts/charts.css";
import "../runs/runs.css";
import "../runs/experiment.css";
import "./interrogation.css";
import { defineControls } from "../ui/controls";
import { followRegionKeys } from "../ui/regions";
import { acquireHost } from "../ui/vscodeApi";
import { Interrogation } from "./interrogation";

defineControls();

const root = document.getElementById("panel");
if (!root) throw new Error("the page has no #panel");
followRegionKeys(root);
const interrogation = new Interrogation(root, acquireHost());
interrogation.start().catch((error: unknown) => interrogation.fail(error));
