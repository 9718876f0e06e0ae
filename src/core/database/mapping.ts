/** Which property of a database holds what: inferred from type first and name second, kept by property id. */
import type { Mapping, Property } from './destination.ts';

/**
 * Names in the languages most of Notion's users speak (English, Korean, Japanese, Spanish, French, German, Portuguese,
 * Chinese, Russian, Italian, Arabic, Hindi), compared as `fold` leaves them, the likeliest first in each.
 */
const NAMES = {
  url: `url link address website web source uri href page_url 링크 주소 웹사이트 リンク アドレス サイト enlace direccion sitio
    sitio_web lien adresse site site_web webadresse quelle webseite endereco fonte 链接 網址 网址 連結 鏈接 地址 网站 網站 ссылка
    адрес сайт collegamento indirizzo sito رابط الرابط عنوان लिंक यूआरएल पता`,
  tags: `tags tag topics topic labels label keywords categories category 태그 분류 주제 카테고리 タグ カテゴリ カテゴリー
    トピック etiquetas etiqueta temas tema categorias categoria etiquettes mots_cles themes schlagworte schlagworter
    schlagwort stichworte themen kategorien 标签 標籤 类别 類別 分类 分類 主题 主題 теги тег метки темы категории etichette etichetta
    argomenti categorie وسوم الوسوم تصنيفات टैग श्रेणी विषय`,
  description: `description summary excerpt notes note abstract about details comment comments 설명 요약 메모 노트 説明 概要 要約
    メモ ノート descripcion resumen notas nota resume remarques extrait beschreibung zusammenfassung notizen notiz descricao
    resumo 描述 说明 摘要 备注 笔记 說明 備註 筆記 описание краткое_содержание заметки заметка descrizione riassunto وصف الوصف
    ملخص ملاحظات विवरण सारांश नोट्स`,
  savedOn: `saved_on saved saved_at date_saved added_on added added_at date_added bookmarked_on bookmarked clipped_on clipped
    created_on created created_at date_created 저장일 저장_날짜 추가일 생성일 保存日 保存日時 追加日 追加日時 登録日 作成日 guardado_el
    guardado fecha_de_guardado anadido_el anadido agregado fecha_de_creacion enregistre_le enregistre sauvegarde_le ajoute_le
    ajoute date_d_ajout date_de_creation cree_le gespeichert_am gespeichert hinzugefugt_am hinzugefugt erstellt_am salvo_em
    salvo adicionado_em adicionado data_de_adicao criado_em 保存日期 保存时间 添加日期 添加时间 创建日期 儲存日期 儲存時間 加入日期 建立日期
    сохранено дата_сохранения добавлено дата_добавления создано salvato_il salvato aggiunto_il aggiunto creato_il
    تاريخ_الحفظ تاريخ_الإضافة सहेजा_गया सहेजने_की_तारीख`,
};

/** Lower case, letters and digits alone: without accents, emoji and signs, and with one kind of gap. */
const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');

const ranks = Object.fromEntries(
  Object.entries(NAMES).map(([role, names]) => [role, names.split(/\s+/).map(fold)]),
) as Record<keyof typeof NAMES, string[]>;

/** How likely something of that name holds that, 0 the likeliest; -1: the name says nothing. */
export const nameRank = (role: keyof typeof NAMES, name: string): number => ranks[role].indexOf(fold(name));

/** The property of that type with the likeliest name; null when none has a name that fits. */
function named(properties: readonly Property[], type: string, role: keyof typeof NAMES): Property | null {
  const rank = (property: Property) => nameRank(role, property.name);
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
