/* Tables that can be searched, narrowed and sorted. Without this script they are plain
   tables and nothing is missing. Works from file://, asks no host, keeps nothing. */
(function () {
  "use strict";

  const STEP = 250; // rows drawn at first and with each "show more": long tables stay quick

  function text(cell) {
    return cell ? cell.textContent.trim() : "";
  }

  function element(name, properties, children) {
    const made = Object.assign(document.createElement(name), properties);
    (children || []).forEach((child) => made.append(child));
    return made;
  }

  class EmsTable {
    constructor(table) {
      this.table = table;
      this.noun = table.dataset.emsTable || "rows";
      this.body = table.tBodies[0];
      this.heads = Array.from(table.tHead.rows[0].cells);
      this.rows = Array.from(this.body.rows).map((row) => ({
        row,
        cells: null,
        words: row.textContent.toLowerCase(),
      }));
      this.limit = STEP;
      this.choices = [];
      this.day = "";
      this.addTools();
      this.heads.forEach((head, column) => this.addSorting(head, column));
      this.show();
      window.addEventListener("beforeprint", () => this.show(Infinity));
      window.addEventListener("afterprint", () => this.show());
    }

    cell(entry, column) {
      entry.cells = entry.cells || Array.from(entry.row.cells, text);
      return entry.cells[column] || "";
    }

    addTools() {
      const tools = element("div", { className: "ems-tools" });
      if (this.table.dataset.emsDay) this.addDay(tools);
      this.search = element("input", { type: "search", autocomplete: "off" });
      this.search.addEventListener("input", () => this.narrow());
      tools.append(element("label", {}, ["Find in this table", this.search]));
      this.heads.forEach((head, column) => {
        if ("emsChoose" in head.dataset) this.addChoice(tools, head, column);
      });
      this.more = element("button", { type: "button", textContent: "Show more", hidden: true });
      this.more.addEventListener("click", () => {
        this.limit += STEP * 4;
        this.show();
      });
      this.reset = element("button", { type: "button", textContent: "Show everything", hidden: true });
      this.reset.addEventListener("click", () => {
        this.search.value = "";
        this.choices.forEach(({ select }) => (select.value = ""));
        if (this.pick) this.pick.value = "";
        this.chooseDay();
        this.narrow();
        this.search.focus();
      });
      this.count = element("p", { className: "ems-count" });
      this.count.setAttribute("role", "status");
      tools.append(this.reset, this.more, this.count);
      const box = this.table.closest(".ems-scroll") || this.table;
      box.before(tools);
    }

    addChoice(tools, head, column) {
      const values = new Set(this.rows.map((entry) => this.cell(entry, column)));
      if (values.size < 2 || values.size > 60) return;
      const select = element("select", {}, [element("option", { value: "", textContent: "all" })]);
      Array.from(values)
        .sort((one, other) => one.localeCompare(other, undefined, { numeric: true }))
        .forEach((value) => select.append(element("option", { value: value || "\u0000", textContent: value || "(empty)" })));
      select.addEventListener("change", () => this.narrow());
      this.choices.push({ select, column });
      tools.append(element("label", {}, [text(head), select]));
    }

    /* Rows of one day: their first and last day hold it. The day stands in the address. */
    addDay(tools) {
      this.pick = element("input", { type: "date" });
      this.pick.addEventListener("change", () => {
        this.chooseDay();
        this.narrow();
      });
      tools.append(element("label", {}, [this.table.dataset.emsDay, this.pick]));
      const read = () => {
        const day = /^#(\d{4}-\d{2}-\d{2})$/.exec(location.hash);
        if (!day) return;
        this.pick.value = day[1]; // stays empty for what is no day
        this.day = this.pick.value;
      };
      read();
      window.addEventListener("hashchange", () => {
        read();
        this.narrow();
      });
    }

    chooseDay() {
      if (!this.pick) return;
      this.day = this.pick.value;
      history.replaceState(history.state, "", this.day ? `#${this.day}` : location.pathname + location.search);
    }

    holds(row) {
      const { emsFrom, emsTo } = row.dataset; // days as 2026-03-01 stand in the order of their letters
      return !this.day || (emsFrom <= this.day && (!emsTo || this.day <= emsTo));
    }

    addSorting(head, column) {
      if (!head.dataset.emsSort) return;
      const button = element("button", { type: "button", className: "ems-sort", textContent: text(head) });
      button.addEventListener("click", () => this.sort(head, column));
      head.replaceChildren(button);
    }

    sort(head, column) {
      const down = head.getAttribute("aria-sort") === "ascending";
      this.heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const numeric = head.dataset.emsSort === "number";
      const collator = new Intl.Collator(undefined, { numeric: true });
      const sign = down ? -1 : 1;
      this.rows.sort((one, other) => {
        const left = this.cell(one, column);
        const right = this.cell(other, column);
        if (left === right) return 0;
        if (!left || !right) return (left ? 0 : 1) - (right ? 0 : 1); // empty cells stay last
        return sign * (numeric ? parseFloat(left) - parseFloat(right) : collator.compare(left, right));
      });
      this.body.append(...this.rows.map((entry) => entry.row));
      this.show();
    }

    narrow() {
      this.limit = STEP;
      this.show();
    }

    show(limit) {
      const most = limit || this.limit;
      const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const chosen = this.choices
        .filter(({ select }) => select.value)
        .map(({ select, column }) => [column, select.value === "\u0000" ? "" : select.value]);
      let found = 0;
      for (const entry of this.rows) {
        const fits =
          this.holds(entry.row) &&
          words.every((word) => entry.words.includes(word)) &&
          chosen.every(([column, value]) => this.cell(entry, column) === value);
        if (fits) found += 1;
        const hidden = !fits || found > most;
        if (entry.row.hidden !== hidden) entry.row.hidden = hidden;
      }
      const narrowed = words.length > 0 || chosen.length > 0 || this.day !== "";
      this.reset.hidden = !narrowed;
      this.more.hidden = found <= most;
      const all = this.rows.length;
      const first = found > most ? `, the first ${most} shown` : "";
      const on = this.day ? ` for ${this.day}` : "";
      const said = narrowed ? `${found} of ${all} ${this.noun} found${on}${first}` : `${all} ${this.noun}${first}`;
      if (this.count.textContent !== said) this.count.textContent = said;
    }
  }

  function nameSearch() {
    const dialog = document.querySelector('[data-md-component="search"][role="dialog"]:not([aria-label])');
    const field = dialog && dialog.querySelector("input[aria-label]"); // the theme names the field alone
    if (field) dialog.setAttribute("aria-label", field.getAttribute("aria-label"));
  }

  /* A picture that is wider than a phone begins where its own row stands. */
  function centrePictures() {
    document.querySelectorAll(".ems-picture").forEach((box) => {
      const own = box.querySelector(".ems-box--own");
      if (!own || box.scrollWidth <= box.clientWidth) return;
      const place = own.getBoundingClientRect();
      const left = place.left + place.width / 2 - box.getBoundingClientRect().left;
      box.scrollLeft = left - box.clientWidth / 2;
    });
  }

  function enhance() {
    nameSearch();
    centrePictures();
    document.querySelectorAll("table[data-ems-table]").forEach((table) => {
      if (!table.tHead || !table.tBodies.length || table.dataset.emsReady) return;
      table.dataset.emsReady = "yes";
      new EmsTable(table);
    });
  }

  if (window.document$ && typeof window.document$.subscribe === "function") {
    window.document$.subscribe(enhance); // Material's instant navigation swaps pages without loading
  } else if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", enhance);
  } else {
    enhance();
  }
})();
