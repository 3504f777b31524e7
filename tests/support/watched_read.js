// Opens pages in hidden frames: nothing is laid out, all of it is parsed, loaded and run, and whatever waits for
// somebody to come by is woken. `ACTS` stands for the other script. Ends with a list of what is wrong.
async (paths) => {
  const acts = ACTS;
  const wrong = [];
  const waiting = [...paths];
  const events = (one) => one.getAttributeNames().filter((name) => name.startsWith("on"));

  const read = async (path) => {
    const frame = document.createElement("iframe");
    frame.hidden = true;
    frame.src = path;
    const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
    document.body.append(frame);
    await loaded;
    const page = frame.contentDocument;
    wrong.push(...acts(page));
    for (const one of page.querySelectorAll("details")) one.open = !one.open;
    for (const one of page.querySelectorAll("*")) {
      for (const name of events(one)) one.dispatchEvent(new Event(name.slice(2)));
    }
    frame.remove();
  };
  const reader = async () => {
    while (waiting.length) await read(waiting.shift());
  };
  await Promise.all([reader(), reader()]);
  return wrong;
}
