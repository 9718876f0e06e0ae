/** Formulas of a page as LaTeX, from whatever drew them. */
import { nativeCall, nativeGet } from '../native.ts';
import { attributeOf, childrenOf, classOf, isElement, nameOf, wordsOf } from './live-node.ts';

export type Formula = { latex: string; display: 'block' | 'inline' };

const find = (element: Element, selector: string): Element | null =>
  (nativeCall(element, 'querySelector', selector) as Element | null) ?? null;

const TEX = 'annotation[encoding="application/x-tex"], annotation[encoding="TeX"]';

/** Whether a renderer made it to be seen, beside what it was made of; that is read in its place. */
export const isMathRendering = (element: Element): boolean =>
  /(?:^|\s)(?:MathJax|MathJax_Display|MathJax_Preview|MathJax_SVG|MathJax_CHTML|MathJax_SVG_Display|MathJax_CHTML_Display)(?:\s|$)/.test(
    classOf(element),
  );

/** The formula that the element is as a whole; none for other elements. */
export function formulaOf(element: Element): Formula | undefined {
  const name = nameOf(element);
  const classes = classOf(element);
  if (name === 'script') {
    const type = attributeOf(element, 'type');
    if (!/^math\/tex/i.test(type)) return undefined;
    return formula(wordsOf(element), /mode\s*=\s*display/i.test(type));
  }
  if (name === 'math') return formula(ofMathMl(element), attributeOf(element, 'display') === 'block');
  if (/(?:^|\s)katex(?:-display)?(?:\s|$)/.test(classes)) {
    const tex = find(element, TEX);
    const above = nativeGet(element, 'parentElement');
    const isBlock = [element, above].some((each) => each && /katex-display/.test(classOf(each)));
    return tex ? formula(wordsOf(tex), isBlock) : undefined;
  }
  if (name === 'mjx-container') {
    const math = find(element, 'math');
    const isBlock =
      attributeOf(element, 'display') === 'true' || (math && attributeOf(math, 'display') === 'block');
    return formula(attributeOf(element, 'data-latex') || (math ? ofMathMl(math) : ''), isBlock === true);
  }
  if (/(?:^|\s)mwe-math-element/.test(classes)) {
    const math = find(element, 'math');
    const image = find(element, 'img');
    const tex = math ? ofMathMl(math) : image ? attributeOf(image, 'alt') : '';
    return formula(
      tex,
      /block|display/.test(classes) || (math && attributeOf(math, 'display') === 'block') === true,
    );
  }
  if (name === 'img' && /(?:^|\s)(?:latex|tex|mathtex|math)(?:\s|$)/i.test(classes)) {
    return formula(attributeOf(element, 'alt'), false);
  }
  for (const attribute of ['data-latex', 'data-tex', 'data-math']) {
    const tex = attributeOf(element, attribute);
    if (tex.trim() !== '')
      return formula(tex, name === 'div' || name === 'p' || /display|block/.test(classes));
  }
  return undefined;
}

function formula(written: string, isBlock: boolean): Formula | undefined {
  // Wikipedia says of each formula how it is to be set; others leave the signs around it that mark it as one.
  const latex = written
    .trim()
    .replace(/^\{\\displaystyle ([\s\S]*)\}$/, '$1')
    .replace(/^\$\$?([\s\S]*?)\$\$?$/, '$1')
    .replace(/^\\[[(]([\s\S]*)\\[\])]$/, '$1')
    .replace(/% <!\[CDATA\[\n?|%\]\]>/g, '')
    .trim();
  return latex === '' ? undefined : { latex, display: isBlock ? 'block' : 'inline' };
}

function ofMathMl(math: Element): string {
  const tex = find(math, TEX);
  if (tex) return wordsOf(tex);
  for (const attribute of ['alttext', 'data-latex', 'data-tex']) {
    if (attributeOf(math, attribute).trim() !== '') return attributeOf(math, attribute);
  }
  return latexOf(math, 0);
}

/** Signs of MathML that LaTeX has a command for, where the sign itself would not do. */
const SIGNS: Record<string, string> = {
  '−': '-',
  '×': '\\times ',
  '⋅': '\\cdot ',
  '±': '\\pm ',
  '≤': '\\le ',
  '≥': '\\ge ',
  '≠': '\\ne ',
  '∞': '\\infty ',
  '∑': '\\sum ',
  '∏': '\\prod ',
  '∫': '\\int ',
  '→': '\\to ',
  '∈': '\\in ',
  '∂': '\\partial ',
  '∇': '\\nabla ',
  '≈': '\\approx ',
  '…': '\\dots ',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '#': '\\#',
  '&': '\\&',
  _: '\\_',
  '\u2061': '',
  '\u2062': '',
  '\u2063': '',
  '\u2064': '',
  α: '\\alpha ',
  β: '\\beta ',
  γ: '\\gamma ',
  δ: '\\delta ',
  ε: '\\varepsilon ',
  θ: '\\theta ',
  λ: '\\lambda ',
  μ: '\\mu ',
  π: '\\pi ',
  ρ: '\\rho ',
  σ: '\\sigma ',
  τ: '\\tau ',
  φ: '\\varphi ',
  ω: '\\omega ',
  Γ: '\\Gamma ',
  Δ: '\\Delta ',
  Σ: '\\Sigma ',
  Φ: '\\Phi ',
  Ω: '\\Omega ',
};
const FUNCTIONS =
  /^(?:sin|cos|tan|cot|log|ln|exp|lim|max|min|sup|inf|det|gcd|arcsin|arccos|arctan|sinh|cosh|tanh)$/;
const ACCENTS: Record<string, string> = {
  '^': 'hat',
  ˆ: 'hat',
  '¯': 'bar',
  '‾': 'overline',
  '→': 'vec',
  '˙': 'dot',
  '~': 'tilde',
  '˜': 'tilde',
};

/** MathML's presentation elements as LaTeX (https://www.w3.org/TR/MathML3/chapter3.html). */
function latexOf(node: Node, depth: number): string {
  if (!isElement(node) || depth > 60) return '';
  const parts = childrenOf(node).filter(isElement);
  const part = (index: number): string => (parts[index] ? latexOf(parts[index], depth + 1) : '');
  const all = (): string => parts.map((_, index) => part(index)).join('');
  const word = wordsOf(node).trim();
  switch (nameOf(node)) {
    case 'mi':
      if (FUNCTIONS.test(word)) return `\\${word} `;
      return word.length > 1 && !SIGNS[word] ? `\\mathrm{${signs(word)}}` : signs(word);
    case 'mn':
    case 'mo':
      return signs(word);
    case 'mtext':
    case 'ms':
      return `\\text{${wordsOf(node)}}`;
    case 'mspace':
      return '\\,';
    case 'mfrac':
      return `\\frac{${part(0)}}{${part(1)}}`;
    case 'msqrt':
      return `\\sqrt{${all()}}`;
    case 'mroot':
      return `\\sqrt[${part(1)}]{${part(0)}}`;
    case 'msup':
      return `${base(part(0))}^{${part(1)}}`;
    case 'msub':
      return `${base(part(0))}_{${part(1)}}`;
    case 'msubsup':
    case 'munderover':
      return `${base(part(0))}_{${part(1)}}^{${part(2)}}`;
    case 'munder':
      return /^\\(?:sum|prod|int|lim|max|min|sup|inf) $/.test(part(0))
        ? `${part(0)}_{${part(1)}}`
        : `\\underset{${part(1)}}{${part(0)}}`;
    case 'mover': {
      const accent = ACCENTS[parts[1] ? wordsOf(parts[1]).trim() : ''];
      if (accent) return `\\${accent}{${part(0)}}`;
      return /^\\(?:sum|prod|int) $/.test(part(0))
        ? `${part(0)}^{${part(1)}}`
        : `\\overset{${part(1)}}{${part(0)}}`;
    }
    case 'mfenced':
      return `\\left${attributeOf(node, 'open') || '('}${parts.map((_, index) => part(index)).join(',')}\\right${attributeOf(node, 'close') || ')'}`;
    case 'mtable':
      return `\\begin{matrix}${parts.map((_, index) => part(index)).join('\\\\')}\\end{matrix}`;
    case 'mtr':
      return parts.map((_, index) => part(index)).join('&');
    case 'annotation':
    case 'annotation-xml':
    case 'mphantom':
      return '';
    case 'semantics':
      return part(0);
    default:
      return all();
  }
}

const base = (latex: string): string => (/^(?:.|\\[a-zA-Z]+ ?)$/.test(latex) ? latex : `{${latex}}`);
const signs = (word: string): string => Array.from(word, (sign) => SIGNS[sign] ?? sign).join('');
