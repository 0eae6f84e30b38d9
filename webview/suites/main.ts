import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/tokenView.css";
import "../ui/slider.css";
import "../ui/charts/charts.css";
import "../runs/runs.css";
import "../runs/experiment.css";
import "./suites.css";
import { defineControls } from "../ui/controls";
import { followRegionKeys } from "../ui/regions";
import { acquireHost } from "../ui/vscodeApi";
import { Suites } from "./suites";

defineControls();

const root = document.getElementById("panel");
if (!root) throw new Error("the page has no #panel");
followRegionKeys(root);
const suites = new Suites(root, acquireHost());
suites.start().catch((error: unknown) => suites.fail(error));
