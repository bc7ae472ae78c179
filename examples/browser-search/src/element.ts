/** The element of the page with this id. @throws Error if the page has none of that kind: its HTML and its code differ. */
export function element<T extends Element>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${kind.name} with the id '${id}'`);
}

/** Sets a text that is shown over and over, and leaves it alone where it is right: what is selected stays so. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
