import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/tokenView.css";
import "../ui/slider.css";
import "../ui/charts/charts.css";
import "../runs/runs.css";
import "../runs/experiment.css";
import "./arena.css";
import { startPanel } from "../ui/startPanel";
import { Arena } from "./arena";

startPanel((root, host) => new Arena(root, host));
