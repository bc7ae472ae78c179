type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element of SVG, as text. */
export function tag(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value ?? '')}"`);
  const start = `<${name}${written.join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

/** A text element; what stands in it is data. */
export function label(attributes: Attributes, text: string): string {
  return tag('text', attributes, escaped(text));
}

/** A whole drawing, which looks right on light pages and on dark ones. */
export function drawing(
  width: number,
  height: number,
  title: string,
  ...children: readonly string[]
): string {
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
  };
  return `${tag('svg', root, tag('title', {}, escaped(title)), `<style>${STYLE}</style>`, ...children)}\n`;
}

const STYLE = `
svg { background: #ffffff; color: #1f2328; font: 12px system-ui, sans-serif; }
text { fill: currentColor; }
.title { font-size: 15px; font-weight: 600; }
.axis { stroke: #8c959f; stroke-width: 1; }
.grid { stroke: #8c959f; stroke-opacity: 0.2; }
.dot { fill: #8c959f; fill-opacity: 0.55; }
.best { stroke: #0969da; stroke-width: 2; fill: none; }
.line { fill: none; stroke-opacity: 0.6; }
@media (prefers-color-scheme: dark) { svg { background: #0d1117; color: #e6edf3; } .best { stroke: #58a6ff; } }
`;

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/\p{Cc}|\p{Cs}/gu, ' '); // XML cannot hold them.
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
