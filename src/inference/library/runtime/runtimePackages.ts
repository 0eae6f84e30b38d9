/** An npm package with binaries of the runtime of local models. */
export interface RuntimePackage {
  readonly name: string;
  /** The runtime takes binaries of its own version only. */
  readonly version: string;
  /** As in a lock file, "sha512-…"; undefined where the registry's own word has to do. */
  readonly integrity: string | undefined;
}

export interface RuntimeBinaries {
  readonly packages: readonly RuntimePackage[];
  /** To fetch, and on disk; roughly, for the question beforehand. */
  readonly approximateBytes: number;
  readonly approximateUnpacked: number;
}

const version = "3.22.1";

/** CUDA's binaries for a machine; undefined where there are none. They are too large to ship with the extension. */
export function cudaBinaries(platform: NodeJS.Platform, arch: string): RuntimeBinaries | undefined {
  if (arch !== "x64") return undefined;
  const sizes = { approximateBytes: 320e6, approximateUnpacked: 564e6 };
  const of = (name: string, integrity?: string): RuntimePackage => ({
    name: `@node-llama-cpp/${name}`,
    version,
    integrity,
  });
  if (platform === "linux") {
    const [main, older] = [
      "sha512-8rQCjyNNLZJUFit+YpjwlC4hwkKgOMIkB2wuycKBf8NU2O3ySKbiWZQ8aw9ku2nUTXjSnUIrE6KB88itduTBuA==",
      "sha512-4e5ajkiM2aR2WAdB/N/ACk4weEhHvOAIrzxZPsIX0xDFW5+6hhShuy1/vs88SK9NGdgAco9IyE28eYS0H1efpA==",
    ];
    return { ...sizes, packages: [of("linux-x64-cuda", main), of("linux-x64-cuda-ext", older)] };
  }
  if (platform === "win32") return { ...sizes, packages: [of("win-x64-cuda"), of("win-x64-cuda-ext")] };
  return undefined;
}
