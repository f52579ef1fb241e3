// Elements are made, never parsed: whatever the data holds stays text.

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : String(child));
    }
  }
}

function link(target, ...text) {
  return h("a", { href: target }, ...text);
}

// Rows are arrays of cells; a cell is text, an element, or a list of both.
function table(caption, headers, rows, none) {
  if (rows.length === 0) return h("p", { class: "none" }, none);
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    // Narrow screens stack the cells, which takes the parts of a table from those who do not see it; so they are named.
    h("table", { role: "table" },
      h("caption", {}, caption),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, headers.map(text => h("th", { scope: "col", role: "columnheader" }, text)))),
      h("tbody", { role: "rowgroup" }, rows.map(cells => h("tr", { role: "row" }, cells.map((cell, column) =>
        column === 0 ? h("th", { scope: "row", role: "rowheader" }, cell) : h("td", { role: "cell", "data-label": headers[column] }, h("div", {}, cell))))))));
}

// A list that may be long: some of it at once, the rest when it is asked for.
function paged(items, show, size, wrap) {
  const list = wrap();
  const more = h("button", { type: "button", class: "more" });
  let shown = 0;
  const next = () => {
    const part = items.slice(shown, shown + size);
    list.append(...part.map(show));
    shown += part.length;
    more.textContent = `Show more (${items.length - shown} left)`;
    more.hidden = shown >= items.length;
  };
  more.addEventListener("click", next);
  next();
  return [list, more];
}

const words = {
  fail: ["✕", "Fail"], fault: ["!", "Fault"], overdue: ["↺", "Overdue"], undecided: ["?", "Undecided"],
  manual: ["✎", "Manual"], waived: ["~", "Waived"], pass: ["✓", "Pass"], notApplicable: ["–", "Not applicable"],
};

function badge(status) {
  const [sign, word] = words[status];
  return h("span", { class: `badge s-${status}` }, h("span", { "aria-hidden": "true" }, sign), ` ${word}`);
}

function severity(text) {
  return text ? h("span", { class: `severity v-${text}` }, text) : null;
}

// Shares of a whole as one bar; the numbers stand beside it as text.
function bar(parts) {
  const whole = h("div", { class: "bar", "aria-hidden": "true" });
  for (const [status, count] of parts) {
    if (count === 0) continue;
    const part = h("span", { class: `s-${status}` });
    part.style.flexGrow = count;
    whole.append(part);
  }
  return whole;
}

function legend(parts) {
  return h("ul", { class: "legend" }, parts.filter(([, count]) => count > 0)
    .map(([status, count]) => h("li", {}, h("span", { class: `dot s-${status}`, "aria-hidden": "true" }), h("strong", {}, count), ` ${words[status][1].toLowerCase()}`)));
}

function percent(score) {
  return score.percent === undefined ? "–" : `${score.percent} %`;
}

function facts(pairs) {
  return h("dl", { class: "facts" }, pairs.filter(([, value]) => value !== null && value !== "" && value !== undefined)
    .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}
