// The address that opens a window of the workbench: folder, file, extension under development, tests.

/**
 * @param {string} server `http://127.0.0.1:PORT`
 * @param {object} window
 * @param {string} window.folder absolute
 * @param {string | undefined} [window.file] absolute; opened at the start
 * @param {string | undefined} [window.extension] absolute folder of the extension under development
 * @param {string | undefined} [window.tests] absolute path of the module that runs tests in the extension host
 * @returns {string}
 */
export function windowAddress(server, { folder, file, extension, tests }) {
  const remote = (absolute) => `vscode-remote://${new URL(server).host}${slashes(absolute)}`;
  const payload = [["skipWelcome", "true"]];
  if (extension) payload.push(["extensionDevelopmentPath", remote(extension)]);
  if (tests) payload.push(["extensionTestsPath", remote(tests)]);
  if (file) payload.push(["openFile", remote(file)]);
  return `${server}/?folder=${encodeURIComponent(slashes(folder))}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

function slashes(absolute) {
  const forward = absolute.replaceAll("\\", "/");
  return forward.startsWith("/") ? forward : `/${forward}`;
}
