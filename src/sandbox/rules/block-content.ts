/** What a block of each type holds where a request leaves it out. */

type Json = Record<string, unknown>;

const text: Json = { rich_text: [], color: 'default' };
const heading: Json = { ...text, is_toggleable: false };
const media: Json = { caption: [] };

const defaults: Record<string, Json> = {
  paragraph: { ...text, icon: null },
  heading_1: heading,
  heading_2: heading,
  heading_3: heading,
  heading_4: heading,
  bulleted_list_item: text,
  numbered_list_item: text,
  quote: text,
  toggle: text,
  to_do: { ...text, checked: false },
  callout: { ...text, icon: null },
  code: { ...media, rich_text: [] },
  image: media,
  video: media,
  audio: media,
  pdf: media,
  file: media,
  embed: media,
  bookmark: media,
  table: { has_column_header: false, has_row_header: false },
  table_of_contents: { color: 'default' },
};

/** The content of a block as responses have it, without children. */
export function completeContent(type: string, content: Json): Json {
  const complete = { ...defaults[type], ...content };
  if (type === 'file' && complete.name === undefined) complete.name = nameIn(complete);
  return complete;
}

/** A file that is given no name is called as the last step of its address. */
function nameIn({ external, file }: Json): string {
  const { url } = (external ?? file) as { url: string };
  return decodeURI(URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '');
}
