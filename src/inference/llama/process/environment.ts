/** Variables that a model process needs: where things are, and what graphics drivers and llama.cpp read. */
const names = new Set([
  ...["PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR", "TEMP", "TMP", "SNAP"],
  ...["SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA"],
  ...["PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)", "COMMONPROGRAMFILES", "PROCESSOR_ARCHITECTURE"],
  ...["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"],
]);
const prefixes = ["LC_", "LD_", "DYLD_", "XDG_", "CUDA_", "NVIDIA_", "VK_", "MESA_", "GGML_", "LLAMA_", "OMP_", "MTL_"];

/**
 * The environment of a model process: only what it needs, so that keys and tokens in the parent's environment stay there.
 * The runtime is told to use its prebuilt binaries and never to download or compile.
 */
export function modelEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(parent).filter(([name]) => {
    const upper = name.toUpperCase();
    return names.has(upper) || prefixes.some((prefix) => upper.startsWith(prefix));
  });
  return {
    ...Object.fromEntries(kept),
    /** In a desktop VS Code the executable is Electron; elsewhere this means nothing. */
    ELECTRON_RUN_AS_NODE: "1",
    NODE_LLAMA_CPP_SKIP_DOWNLOAD: "true",
    NODE_LLAMA_CPP_POSTINSTALL: "skip",
  };
}
