// What could act in a page, as the browser understood it: by its tree of elements, not by the text that it was
// made from. Ends with a list of what is wrong.
(page) => {
  const FORBIDDEN = `
    applet, base, embed, object, frame, frameset, math, portal, template, marquee, plaintext, xmp, noembed,
    iframe:not([hidden]), svg animate, svg set, svg foreignObject, svg script, body > style, article style,
    article link, article meta, article form, article script:not([type="application/json"]), meta[http-equiv="refresh"],
    [autofocus], [formaction], [ping], [srcdoc], [srcset], [contenteditable], [popover], [is], [nonce]`;
  const HARMLESS = new Set(["http:", "https:", "mailto:", "file:"]);
  const OF_THE_THEME = ["__search", "__drawer", "__config", "__palette"];
  const wrong = Array.from(page.querySelectorAll(FORBIDDEN), (one) => one.outerHTML);
  const here = page.defaultView.location;

  const address = (one, name) => {
    try {
      return new URL(one.getAttribute(name), page.baseURI);
    } catch {
      return null; // leads nowhere
    }
  };
  for (const one of page.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (/^on/i.test(name)) wrong.push(`${name}=${value} of ${one.outerHTML}`);
    }
    for (const name of ["href", "xlink:href", "src", "action", "data", "poster", "background", "cite"]) {
      const at = one.hasAttribute(name) && address(one, name);
      if (!at) continue;
      if (!HARMLESS.has(at.protocol)) wrong.push(`${at.protocol} in ${one.outerHTML}`);
      const leads = one.localName === "a" || one.rel === "canonical";
      if (!leads && at.origin !== here.origin) wrong.push(`another host in ${one.outerHTML}`);
    }
    const window = one.getAttribute("target");
    if (window && window !== "_self" && !/noopener/.test(one.getAttribute("rel"))) {
      wrong.push(`a window of its own for ${one.outerHTML}`);
    }
  }
  for (const one of page.querySelectorAll('script[type="application/json"]')) {
    try {
      JSON.parse(one.textContent);
    } catch {
      wrong.push(`no JSON: ${one.textContent}`);
    }
  }
  for (const name of OF_THE_THEME) {
    if (page.querySelectorAll(`[id="${name}"]`).length > 1) wrong.push(`there twice: ${name}`);
  }
  if (page.body.constructor.name !== "HTMLBodyElement" || page.forms.constructor.name !== "HTMLCollection") {
    wrong.push("names of the page's own mean something else");
  }
  return wrong.map((said) => `${here.pathname}: ${said.slice(0, 300)}`);
}
