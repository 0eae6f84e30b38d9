import { defineConfig } from "vitest/config";
import e2e from "./vitest.config.mts";

/** The README's pictures: made with the hands and eyes of the tests, but no tests themselves. */
export default defineConfig({ test: { ...e2e.test, include: ["test/e2e/pictures.ts"] } });
