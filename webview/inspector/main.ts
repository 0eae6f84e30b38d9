import "../ui/theme.css";
import "../ui/shape.css";
import "../ui/tokenStrip.css";
import "../ui/virtualList.css";
import "./inspector.css";
import { startPanel } from "../ui/startPanel";
import { TokenStrip } from "../ui/tokenStrip";
import { VirtualList } from "../ui/virtualList";
import { Inspector } from "./inspector";

customElements.define("ps-token-strip", TokenStrip);
customElements.define("ps-virtual-list", VirtualList);
startPanel((root, host) => new Inspector(root, host));
