import { execFileSync } from "node:child_process";
import { lane } from "./lane";

/** Ids of the model processes that belong to this lane's server: nobody else's are touched. */
export function modelProcesses(): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8", maxBuffer: 1 << 26 }).split(
    "\n",
  );
  const all = lines.flatMap((line) => {
    const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const byPid = new Map(all.map((each) => [each.pid, each]));
  const ours = (pid: number): boolean => {
    for (let at = byPid.get(pid); at; at = byPid.get(at.parent))
      if (at.command.includes(lane().dataFolder)) return true;
    return false;
  };
  return all.filter(({ pid, command }) => command.includes("modelProcess.mjs") && ours(pid)).map(({ pid }) => pid);
}
