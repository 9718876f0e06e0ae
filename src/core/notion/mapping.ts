/** Which property of a database holds what: inferred from type first and name second, kept by property id. */
import type { Mapping, Property } from './destination.ts';

/**
 * Names in the languages most of Notion's users speak (English, Korean, Japanese, Spanish, French, German, Portuguese,
 * Chinese, Russian, Italian), folded as by `fold`, the likeliest first.
 */
const NAMES = {
  url: 'url link address website web source 링크 주소 リンク アドレス enlace direccion sitio lien adresse site webadresse quelle endereco 链接 網址 网址 連結 ссылка адрес collegamento indirizzo',
  tags: 'tags tag topics topic labels label keywords categories category 태그 분류 주제 タグ カテゴリ etiquetas etiqueta temas categorias etiquettes mots-cles themes schlagworte schlagworter stichworte themen kategorien 标签 標籤 类别 теги метки категории etichette argomenti categorie',
  description:
    'description summary excerpt notes note abstract about comment comments 설명 요약 메모 説明 概要 要約 メモ descripcion resumen notas resume remarques beschreibung zusammenfassung notizen notiz descricao resumo 描述 说明 摘要 备注 描述 說明 описание заметки descrizione riassunto',
  savedOn:
    'saved_on saved saved_at date_saved added added_on date_added bookmarked clipped 저장일 추가일 保存日 追加日 guardado_el guardado anadido enregistre_le ajoute_le gespeichert_am gespeichert hinzugefugt_am salvo_em adicionado_em 保存日期 添加日期 儲存日期 сохранено добавлено salvato_il aggiunto_il',
};

/** Lower case, without accents, with one kind of gap. */
const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '_');

const ranks = Object.fromEntries(
  Object.entries(NAMES).map(([role, names]) => [role, names.split(' ').map(fold)]),
) as Record<keyof typeof NAMES, string[]>;

/** The property of that type with the likeliest name; null when none has a name that fits. */
function named(properties: readonly Property[], type: string, role: keyof typeof NAMES): Property | null {
  const rank = (property: Property) => ranks[role].indexOf(fold(property.name));
  const fitting = properties.filter((property) => property.type === type && rank(property) >= 0);
  return fitting.sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

const first = (properties: readonly Property[], type: string): Property | null =>
  properties.find((property) => property.type === type) ?? null;

const only = (properties: readonly Property[], type: string): Property | null => {
  const fitting = properties.filter((property) => property.type === type);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
};

/** The mapping that a user would make by hand. A date is never guessed: it might be a deadline. */
export function inferMapping(properties: readonly Property[]): Mapping {
  const pick = (type: string, role: keyof typeof NAMES, otherwise: typeof first | null) =>
    (named(properties, type, role) ?? otherwise?.(properties, type))?.id ?? null;
  return {
    title: first(properties, 'title')?.id ?? 'title',
    url: pick('url', 'url', first),
    tags: pick('multi_select', 'tags', first),
    description: pick('rich_text', 'description', only),
    savedOn: pick('date', 'savedOn', null),
  };
}
