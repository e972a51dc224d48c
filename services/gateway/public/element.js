/** An element with attributes and children; text is never read as HTML. */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

/** Puts new children in, and leaves the keyboard where it was. */
export function show(parent, ...children) {
  const focused = document.activeElement?.id
  parent.replaceChildren(...children)
  if (focused) document.getElementById(focused)?.focus()
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}
