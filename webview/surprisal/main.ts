import "../ui/theme.css";
import "../ui/shape.css";
import "./surprisal.css";
import { acquireHost } from "../ui/vscodeApi";
import { SurprisalView } from "./surprisalView";

const root = document.getElementById("panel");
if (!root) throw new Error("the page has no #panel");
const view = new SurprisalView(root, acquireHost());
view.start().catch((error: unknown) => view.fail(error));
