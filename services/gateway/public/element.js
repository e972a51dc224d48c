const SVG = 'http://www.w3.org/2000/svg'

/** An element with attributes and children; text is never read as HTML. */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

export function drawing(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children)
}

/** Puts new children in, and leaves the keyboard where it was. */
export function show(parent, ...children) {
  const focused = document.activeElement?.id
  parent.replaceChildren(...children)
  if (focused) document.getElementById(focused)?.focus()
}

/** A table whose columns after the first hold numbers. */
export function table(heads, rows) {
  return element(
    'table',
    {},
    element(
      'thead',
      {},
      element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head))),
    ),
    element(
      'tbody',
      {},
      ...rows.map(([first, ...others]) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, first),
          ...others.map((cell) => element('td', {}, cell)),
        ),
      ),
    ),
  )
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}
