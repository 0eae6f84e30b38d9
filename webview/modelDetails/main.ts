import "../ui/theme.css";
import "../ui/shape.css";
import "./modelDetails.css";
import { defineControls } from "../ui/controls";
import { acquireHost } from "../ui/vscodeApi";
import { ModelDetails } from "./modelDetails";

defineControls();

const root = document.getElementById("panel");
if (!root) throw new Error("the page has no #panel");
const details = new ModelDetails(root, acquireHost());
details.start().catch((error: unknown) => details.fail(error));
