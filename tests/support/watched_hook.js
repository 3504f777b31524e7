// In every frame of every page, before anything of the page: what payloads call says that it was called.
(() => {
  const fired = (what) => (...said) => console.error(`FIRED: ${what} ${said} at ${location.href}`);
  for (const name of ["hook", "alert", "confirm", "prompt", "print", "open"]) {
    Object.defineProperty(window, name, { value: fired(name), writable: false, configurable: false });
  }
  addEventListener("securitypolicyviolation", (event) => console.error(
    `FORBIDDEN: ${event.effectiveDirective} ${event.blockedURI} ${event.sample} at ${location.href}`));
})();
