import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/tokenView.css";
import "../ui/slider.css";
import "../ui/charts/charts.css";
import "../runs/runs.css";
import "../runs/experiment.css";
import "./suites.css";
import { startPanel } from "../ui/startPanel";
import { Suites } from "./suites";

startPanel((root, host) => new Suites(root, host));
