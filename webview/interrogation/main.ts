import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/slider.css";
import "../ui/charts/charts.css";
import "../runs/runs.css";
import "../runs/experiment.css";
import "./interrogation.css";
import { startPanel } from "../ui/startPanel";
import { Interrogation } from "./interrogation";

startPanel((root, host) => new Interrogation(root, host));
