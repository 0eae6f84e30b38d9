import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/tokenStrip.css";
import "../ui/virtualList.css";
import "./inspector.css";
import { defineControls } from "../ui/controls";
import { followRegionKeys } from "../ui/regions";
import { TokenStrip } from "../ui/tokenStrip";
import { VirtualList } from "../ui/virtualList";
import { acquireHost } from "../ui/vscodeApi";
import { Inspector } from "./inspector";

defineControls();
customElements.define("ps-token-strip", TokenStrip);
customElements.define("ps-virtual-list", VirtualList);

const root = document.getElementById("panel");
if (!root) throw new Error("the page has no #panel");
followRegionKeys(root);
const inspector = new Inspector(root, acquireHost());
inspector.start().catch((error: unknown) => inspector.fail(error));
