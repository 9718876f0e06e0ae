/** Pages worth saving, served at `http://site.test`, `https://site.test` and so on. */
import { hostilePages } from './hostile-pages.ts';
import { pdfOf } from './pdf.ts';
import type { SitePages } from './sites.ts';

interface Article {
  title: string;
  description: string;
  lead: string;
  paragraphs: readonly string[];
}

const article = ({ title, description, lead, paragraphs }: Article): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title>
<meta name="description" content="${description}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<link rel="icon" href="data:,">
<style>
  body { margin: 0; background: #fbfaf7; color: #26231e; font: 18px/1.65 Georgia, 'Times New Roman', serif; }
  main { max-width: 38rem; margin: 4.5rem auto; padding: 0 1.5rem; }
  h1 { font-size: 2.35rem; line-height: 1.15; letter-spacing: -0.015em; margin: 0 0 1rem; text-wrap: balance; }
  .lead { color: #6b655b; font-size: 1.2rem; }
  @media (prefers-color-scheme: dark) { body { background: #191817; color: #e8e5de; } .lead { color: #a8a196; } }
</style></head>
<body><main><h1>${title}</h1><p class="lead">${lead}</p>
${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')}
</main></body></html>`;

export const TIDES = {
  path: '/essays/tides',
  title: 'How tides are predicted',
  description: 'Brass wheels, cosines, and why the harbour master of 1880 trusted a machine.',
};

export const MAPS = {
  path: '/essays/maps',
  title: 'Every map is a decision',
  description: 'What a projection keeps, and what it gives away.',
};

/** A PDF, which the browser shows in a viewer of its own. */
export const TABLE = { path: '/tables/tides-1880.pdf', title: 'Tides at London Bridge, 1880' };

/** A page that is a link, an image and a quotation, each large enough to be clicked anywhere. */
export const HARBOURS = {
  path: '/essays/harbours',
  title: 'Harbours and their gauges',
  link: { path: '/essays/gauges', text: 'How a tide gauge writes' },
  image: { path: '/images/gauge.svg', alt: 'A tide gauge in its well' },
  quotation: 'A float in a well follows the water and not the waves.',
};

/** More than a dozen requests take: paragraphs that are told apart, and pictures among them. */
export const LONG = {
  path: '/essays/long',
  title: 'A long history of the tide tables',
  paragraphs: Array.from(
    { length: 1_500 },
    (_, at) => `Paragraph ${at + 1} tells of the harbour, its gauge, and of those who read it every morning.`,
  ),
  pictures: 40,
};
const longArticle = LONG.paragraphs
  .map((words, at) => {
    const picture =
      at % 37 === 0 && at < LONG.pictures * 37
        ? `<img src="/images/tide-${at}.png" alt="The tide of that day">`
        : '';
    return `<p>${words}</p>${picture}`;
  })
  .join('\n');

/** A picture within its own address, and a drawing. */
export const DRAWINGS = {
  path: '/essays/drawings',
  title: 'Drawings of the coast',
  data: 'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAwklEQVR42tXWyw3DIBBF0VsO/VdBWVl4EylyZAPzuRILMDPPOgsEjDHnGN7BNdEDvAa+l3qA0cDvRz3AZeBuSw+wGPhfoAf0N/CkTA/obOB5sR7Q08DbFj2gm4G1Rj2gj4Gddj2gg4H9ED2g1sCpKD2gysDZQD0g30BErB6QaSAuXA/IMRD9Cz0g2kDOYdMD4gxkXjt6QISB/AeYHnDWQNEzfuoBpwyVgCOGYsC+oR6waWgB2DF0ASwbGgHWDL0AC4YP0UYgxIZnJWMAAAAASUVORK5CYII=',
};
const SENTENCE =
  'Whoever walks along the coast sees what the sea has taken in the winter and given back elsewhere. ';

export const pages: SitePages = {
  [DRAWINGS.path]: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${DRAWINGS.title}</title></head>
<body><article><h1>${DRAWINGS.title}</h1><p>${SENTENCE.repeat(4)}</p>
<img src="data:image/png;base64,${DRAWINGS.data}" alt="The old quay"><p>${SENTENCE.repeat(3)}</p>
<canvas width="120" height="80" aria-label="The last tide"></canvas><p>${SENTENCE.repeat(2)}</p></article>
<script>
  const pen = document.querySelector('canvas').getContext('2d');
  pen.fillStyle = '#246';
  pen.fillRect(10, 20, 60, 40);
</script></body></html>`,
  ...hostilePages,
  [LONG.path]: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${LONG.title}</title></head>
<body><nav><a href="/">Home</a></nav><article><h1>${LONG.title}</h1>
${longArticle}</article><footer>Of no interest</footer></body></html>`,
  [TABLE.path]: {
    headers: { 'content-type': 'application/pdf' },
    body: pdfOf(TABLE.title, ['January 1   02:14   6.1 m', 'January 1   14:39   5.9 m']),
  },
  [HARBOURS.path]: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${HARBOURS.title}</title>
<link rel="icon" href="data:,"><style>
  body { margin: 0; font: 20px/1.4 Georgia, serif } a, img, p { display: block; margin: 0; height: 140px; width: 600px }
</style><a href="${HARBOURS.link.path}">${HARBOURS.link.text}</a>
<img src="${HARBOURS.image.path}" alt="${HARBOURS.image.alt}"><p>${HARBOURS.quotation}</p></html>`,
  [HARBOURS.image.path]: {
    headers: { 'content-type': 'image/svg+xml' },
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="140"><rect width="600" height="140" fill="#7fa7c9"/></svg>',
  },
  [TIDES.path]: article({
    ...TIDES,
    lead: 'A harbour needs to know next year’s water today. For a century, a machine of brass wheels told it.',
    paragraphs: [
      'The tide at a place is a sum of cosines: one for the moon, one for the sun, and some dozens for the ways in which their orbits are not quite circles. Each has a period that never changes and a height that only that harbour knows.',
      'William Thomson built a machine that added them up. A wire ran over pulleys, each lifted by a wheel that turned at the speed of one cosine, and a pen at the end drew the water of a year in four hours.',
      'The idea outlived the brass. The same sum, with the same constants, runs today in a few microseconds.',
    ],
  }),
  [MAPS.path]: article({
    ...MAPS,
    lead: 'A sphere cannot be flattened without tearing or stretching. Choosing where is the map maker’s art.',
    paragraphs: [
      'Mercator kept angles for sailors and let Greenland grow. Peters kept areas and let Africa sag.',
    ],
  }),
};
