/** What this project adds to and leaves out of the rule list it bundles, each with its reason. */

/**
 * Names that tell apart no two pages, on whatever site. Each is known to be
 * appended to links that are clicked or mailed; the vendors' own pages were not all checked.
 */
export const ADDED_EVERYWHERE: Record<string, string[]> = {
  'Google Ads, Analytics and Merchant Center': [
    'gbraid',
    'wbraid',
    'dclid',
    'gad_source',
    'gad_campaignid',
    'srsltid',
    '_gl',
    '_ga',
  ],
  'Microsoft Advertising': ['msclkid'],
  'Meta and Instagram': ['fb_action_ids', 'fb_action_types', 'igshid', 'igsh'],
  X: ['twclid'],
  TikTok: ['ttclid'],
  LinkedIn: ['li_fat_id'],
  Pinterest: ['epik'],
  Snapchat: ['ScCid'],
  'Yandex Direct and Metrica': ['yclid', 'ysclid', 'ymclid', '_openstat'],
  Impact: ['irclickid', 'irgwc'],
  'CJ Affiliate': ['cjevent'],
  Branch: ['_branch_match_id', '_branch_referrer'],
  'Matomo and Piwik': [
    'matomo_campaign',
    'matomo_source',
    'matomo_medium',
    'matomo_content',
    'matomo_keyword',
  ],
  'Piano (AT Internet)': ['xtor', 'at_medium', 'at_campaign', 'at_custom1', 'at_custom2', 'at_custom3'],
  Echobox: ['echobox'],
  'Mapp (Webtrekk)': ['wt_mc', 'wt_zmc'],
  'Oracle Eloqua': ['elqak'],
  Wicked: ['wickedid'],
  Seznam: ['sznclid'],
  Bento: ['bento_uuid'],
  Klaviyo: ['_kx'],
  Omeda: ['omhide'],
  Listrak: ['trk_contact', 'trk_msg', 'trk_module', 'trk_sid'],
  // The session of PHP and of Java servlets: who visits, and not what.
  'Session ids': ['phpsessid', 'jsessionid'],
};

/** A name is one of these, whatever follows: the namespaces of Google Analytics' campaigns and HubSpot's ads. */
export const ADDED_PREFIXES = ['utm_', 'hsa_', 'mtm_'];

/** For sites that the list has not, or not wholly. `=` before a host: that host alone, with `www.` or without. */
export const ADDED_SITES: Record<string, string[]> = {
  'youtube.com': ['si', 'pp', 'ab_channel'],
  '=youtu.be': ['si', 'feature'],
  '=x.com': ['s', 't', 'src', 'ref_src', 'ref_url'],
  '=twitter.com': ['t'],
  'amazon.*': ['_encoding', 'pd_rd_plhdr', 'content-id', 'dib', 'dib_tag', 'social_share'],
  'nytimes.com': ['smid', 'smtyp', 'referringSource'],
  '=bbc.co.uk': ['ns_mchannel', 'ns_source', 'ns_campaign', 'ns_linkname'],
  '=bbc.com': ['ns_mchannel', 'ns_source', 'ns_campaign', 'ns_linkname'],
  '=theguardian.com': ['CMP'],
  '=bloomberg.com': ['cmpid', 'srnd', 'sref'],
  '=foxnews.com': ['cmpid'],
  '=huffpost.com': ['ncid'],
  '=wired.com': ['mbid'],
  '=newyorker.com': ['mbid'],
  '=vanityfair.com': ['mbid'],
  '=vogue.com': ['mbid'],
  'bilibili.com': ['spm_id_from', 'vd_source', 'from_spmid', 'share_source', 'share_medium', 'share_tag'],
  'taobao.com': ['spm', 'scm', 'pvid'],
  'tmall.com': ['spm', 'scm', 'pvid'],
  '=zhihu.com': ['utm_oi', 'utm_psn'],
  '=open.spotify.com': ['pi'],
  '=threads.net': ['xmt'],
  '=threads.com': ['xmt'],
  'substack.com': ['r', 'showWelcomeOnShare'],
};

/**
 * Rules of the list that are not taken: the name chooses what is shown, or the site only forwards and needs its
 * parameters to do so. `*` as the site: everywhere. Under a site, `*`: all of its names.
 */
export const LEFT_OUT: Record<string, string[]> = {
  // MusicBrainz ids, news items and company ids elsewhere.
  '*': ['mbid', 'ncid', 'cmpid'],
  // Sites that forward, and landing pages of links; the target is in what would be removed.
  'app.link': ['*'],
  'linksynergy.com': ['*'],
  'jf79.net': ['*'],
  'justwatch.com': ['*'],
  'awin1.com': ['*'],
  'kqzyfj.com': ['*'],
  'newsletter.manor.ch': ['*'],
  's.pemsrv.com': ['*'],
  'gog.salesmanago.com': ['*'],
  's.amazon-adsystem.com': ['*'],
  'redirectingat.com': ['*'],
  'go.skimresources.com': ['*'],
  'rosequake.com': ['*'],
  'rekrute.com': ['*'],
  'khnum-ezi.com': ['*'],
  'vi-control.net': ['*'],
  // Page number, picture, track, product, variant, region, kind of result, and the like.
  'pixiv.net': ['p', 'i', 'g'],
  'music.apple.com': ['i'],
  'apple.com': ['app', 'cid'],
  'amazon.com': ['keywords', 'smid', 'qu'],
  'aliexpress.com': ['productId', 'productIds', 'platform'],
  'reddit.com': ['tags', 'keyword', 'channel', 'domain'],
  'google.com': ['si'],
  'ebay.com': ['var'],
  'shopee.com': ['pid', 'c'],
  'yandex.com': ['lr'],
  'gog.com': ['prod_id'],
  'tiktok.com': ['user_id'],
  'linkedin.com': ['eid'],
  mightyape: ['m'],
  'countdown.co.nz': ['itemID'],
  'ranker.com': ['l'],
  'squarespace.com': ['source', 'channel'],
  'baidu.com': ['tn'],
  'playbook.com': ['p'],
  'bing.com': ['simid', 'thid', 'cdnurl', 'pivotparams', 'ccid', 'ru', 'sk', 'sc', 'sp'],
  'mouser.com': ['qs'],
  'pbtech.co.nz': ['qr'],
  'matomo.org': ['*'],
  'walmart.com': ['tax', 'pt', 'pos'],
  'buyatoyota.com': ['siteid'],
  'chess.com': ['c'],
  'playshoptitans.com': ['*'],
  'map.sewoon.org': ['*'],
  // TYPO3 refuses parameters whose hash is missing.
  'optigruen.com': ['cHash', 'chash'],
  'osi.rosenberger.com': ['cHash', 'chash'],
};
