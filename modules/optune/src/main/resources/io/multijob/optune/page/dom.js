// Builds and changes elements. Text only ever becomes a text node: nothing here parses markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes (a function is a listener, null or false leaves one out) and children. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets the text unless it is the same: a screen reader and a selection notice every change. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (value === null || value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/**
 * Makes the children of `parent` those of `items`, in their order. A child whose key is still there is
 * updated in place and moved only if it must be, so focus, selection and open details stay.
 */
export function keyed(parent, items, key, create, update) {
  const known = (parent.keyed ??= new Map());
  const wanted = new Set(items.map(key));
  for (const [oldKey, element] of known) {
    if (!wanted.has(oldKey)) {
      element.remove();
      known.delete(oldKey);
    }
  }
  const own = new Set(known.values());
  let next = [...parent.children].find((child) => own.has(child)) ?? null;
  for (const item of items) {
    const itemKey = key(item);
    let element = known.get(itemKey);
    if (!element) {
      element = create(item);
      known.set(itemKey, element);
    }
    update?.(element, item);
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
}

/** A link that the page follows itself. */
export function link(href, attributes, ...children) {
  return el("a", { href, "data-route": true, ...attributes }, ...children);
}
