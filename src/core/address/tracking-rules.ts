/*!
 * Names of tracking parameters, from tidy-url 1.18.3 (https://github.com/DrKain/tidy-url), with this project's own
 * additions and exceptions (build/reviewed.ts). Written by build/tracking-rules.ts: do not edit.
 *
 * MIT License
 *
 * Copyright (c) 2021 DrKain (https://github.com/DrKain)
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to deal
 * in the Software without restriction, including without limitation the rights
 * to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all
 * copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 * SOFTWARE.
 */

/** On every site, in lower case and compared so. */
export const EVERYWHERE =
  '__hsfp __hssc __hstc __s _branch_match_id _branch_referrer _ga _gl _hsenc _hsmi _kx _openstat at_campaign at_custom1 at_custom2 at_custom3 at_medium bento_uuid cjevent dclid echobox elq elqaid elqak elqat elqcampaignid elqtrack elqtrackid epik fb_action_ids fb_action_types fbclid ga_campaign ga_content ga_medium ga_place ga_source ga_term gad_campaignid gad_source gbraid gclid gclsrc hsctatracking igsh igshid int_campaign int_cmp_creative int_cmp_id int_cmp_name int_content int_medium int_source irclickid irgwc itm_audience itm_campaign itm_campaign_s itm_channel itm_content itm_medium itm_medium_s itm_source itm_source_s itm_term jsessionid li_fat_id matomo_campaign matomo_content matomo_keyword matomo_medium matomo_source mc_cid mc_eid mkt_tok msclkid oly_anon_id oly_enc_id omhide phpsessid piwik_campaign piwik_cid piwik_content piwik_cpn piwik_keyword piwik_kwd piwik_medium piwik_source pk_campaign pk_cid pk_content pk_cpn pk_keyword pk_kwd pk_medium pk_source rdt_cid sccid srsltid sznclid trk_contact trk_module trk_msg trk_sid ttclid twclid vero_conv vero_id wbraid wickedid wt_mc wt_zmc xtor yclid ymclid ysclid';

/** Names that begin so, on every site, compared in lower case. */
export const PREFIXES = ['utm_', 'hsa_', 'mtm_'];

/**
 * On one site, compared as written: a host with all hosts below it, or after `=` the host alone. `www.` and `m.` do not
 * count, and `.*` is any top-level domain (`.de`, `.co.uk`).
 */
export const ON_SITES: Record<string, string> = {
  '=2game.com': 'ref',
  '=audible.com': 'pf_rd_p pf_rd_r plink qid ref sr',
  '=baidu.com':
    '__pc2ps_ab oq p_sign p_signature p_timestamp p_tk rqid rsf rsv_bp rsv_btype rsv_dl rsv_enter rsv_idx rsv_iqid rsv_pq rsv_spt rsv_sug1 rsv_sug2 rsv_sug3 rsv_sug4 rsv_sug5 rsv_sug6 rsv_sug7 rsv_sug8 rsv_sug9 rsv_t sa usm',
  '=bbc.co.uk': 'ns_campaign ns_linkname ns_mchannel ns_source',
  '=bbc.com': 'ns_campaign ns_linkname ns_mchannel ns_source',
  '=bing.com': 'FORM ck cvid form ghacc ghsh pq qs',
  '=blizzardgearstore.com': '_s',
  '=bloomberg.com': 'cmpid sref srnd',
  '=castorama.fr': 'syte_ref',
  '=cbsnews.com': 'ftag intcid',
  '=change.org': 'source_location',
  '=cnbc.com': '__source',
  '=countdown.co.nz': 'promo_creative promo_name promo_position',
  '=dreamgame.com': 'affiliate',
  '=etsy.com': 'click_key click_sum dd_referrer frs rec_type ref sts',
  '=fanatical.com': 'aff_track cj_aid cj_pid',
  '=findojobs.co.nz': 'source',
  '=foxnews.com': 'cmpid',
  '=frankenergie.nl': 'aff_id',
  '=gamersgate.com': 'aff',
  '=gamesload.com': 'affil',
  '=garageclothing.com': 'site_ref syte_ref',
  '=gog.com': 'at_gd rec_item_id rec_scenario_id rec_source rec_sub_source_id vds_id',
  '=google.*':
    'aqs bih biw client dpr ei gs_l gs_lcp gs_lcrp gs_lp iflsig oq rlz sa sca_esv sclient source sourceid sxsrf uact ved',
  '=greenmangaming.com': 'pdpgatetoken',
  '=huffpost.com': 'ncid',
  '=humblebundle.com': 'hmb_campaign hmb_medium hmb_source linkID mcID',
  '=independent.co.uk': 'amp regSourceMethod',
  '=indiegala.com': 'ref',
  '=ko-fi.com': 'ref src',
  '=ladysmithchronicle.com': 'ref',
  '=libretro.com': 'amp',
  '=lowes.com': 'cm_mmc ds_rl',
  '=macgamestore.com': 'ars',
  '=manymorestores.com': 'ref',
  '=msn.com': 'cvid ocid pc',
  '=nbcconnecticut.com': 'amp',
  '=news.com.au': 'sourceCode',
  '=newsflare.com': 'jwsource',
  '=newsweek.com': 'amp subref',
  '=newyorker.com': 'mbid',
  '=noctre.com': 'aff',
  '=nuuvem.com': 'ranEAID ranMID ranSiteID',
  '=open.spotify.com': 'pi',
  '=optigruen.*': 'mdrv',
  '=pinterest.*': 'rs',
  '=psychologytoday.com': 'amp',
  '=ranker.com': 'li_medium li_source ref rlf',
  '=realestate.com.au':
    'campaignChannel campaignContent campaignName campaignPlacement campaignSource campaignType cid sourceElement sourcePage',
  '=seek.co.nz': 'sc_trk tracking',
  '=seekbusiness.com.au': 'cid tracking',
  '=solodeportes.com.ar': 'nosto refSrc',
  '=studentbeans.com': 'source',
  '=theguardian.com': 'CMP',
  '=thewarehouse.co.nz': 'sfmc_activityid sfmc_id sfmc_j sfmc_mid sfmc_uid',
  '=threads.com': 'xmt',
  '=threads.net': 'xmt',
  '=tiktok.com':
    '_d _r attr_medium attr_source checksum enter_from enter_method is_copy_url is_from_webapp refer sec_uid sec_user_id sender_device sender_web_id share_app_id share_author_id share_item_id share_link_id social_sharing source tt_from u_code',
  '=transparency.fb.com': 'source',
  '=twitch.tv': 'tt_content tt_email_id tt_medium',
  '=twitter.com': 't',
  '=vanityfair.com': 'mbid',
  '=vogue.com': 'mbid',
  '=watchworthy.app': 'ref',
  '=wattpad.com': 'wp_originator wp_page wp_uname',
  '=wfaa.com': 'ref',
  '=wired.com': 'mbid',
  '=wish.com': 'share',
  '=wsj.com': 'mod',
  '=wvva.com': 'outputType',
  '=x.com': 'ref_src ref_url s src t',
  '=youtu.be': 'feature si',
  'aliexpress.*':
    '_evo_buckets _t afSmartRedirect aff_fcid aff_fsk aff_platform aff_trace_key algo_exp_id algo_expid algo_pvid bizType btsid businessType fromRankId gatewayAdapt gps-id initiative_id origin pdp_npi pdp_pi pvid scenario scm scm-url scm_id shareId sk social_params sourceType spm spreadType srcSns tabType terminal_id tpp_rcmd_bucket_id tt utparam widgetId ws_ab_test',
  'amazon.*':
    '_encoding colid coliid content-id crid dchild dib dib_tag hvdvcmdl hvlocint hvpone hvpos hvptwo linkCode linkId ms3_c nc1 nc2 pd_rd_i pd_rd_plhdr pd_rd_r pd_rd_w pd_rd_wg pf_rd_i pf_rd_m pf_rd_p pf_rd_r pf_rd_s pf_rd_t psc qid ref ref_ rnid sc_campaign sc_channel sc_country sc_geo sc_icampaign sc_ichannel sc_icontent sc_iplace sc_outcome social_share spLa sprefix sr tag trk trkCampaign ufe',
  'apple.com': 'at ct itscg itsct ls mt pt referrer src uo',
  'bandcamp.com':
    'from search_item_id search_item_type search_match_part search_page_id search_page_no search_rank search_sig',
  'berrybase.de': 'sPartner',
  'bilibili.com': 'from_spmid share_medium share_source share_tag spm_id_from vd_source',
  'blog.ranker.com': 'li_medium li_source ref rlf',
  'bostonglobe.com': 'p1',
  'bostonherald.com': 'g2i_campaign g2i_medium g2i_source',
  'boxofficemojo.com': 'ref_',
  'cbc.ca': '__vfz cmp referrer',
  'cdn.ampproject.org': 'amp_gsa amp_js_v outputType usqp',
  'cnn.com': 'hpt iid',
  'connect.studentbeans.com': 'ref',
  'cookiepro.com': 'referral source',
  'cooking.nytimes.com': 'action algo imp_id module pgType region req_id smid surface variant',
  'dailymail.co.uk': 'ito reg_source',
  'discord.com': 'ref source',
  'dlgamer.com': 'affil',
  'dyno.gg': 'ref',
  'ebay.*':
    '_from _trkparms _trksid amdata campid customid ff3 hash media mkcid mkevt mkrid pub siteid ssspo sssrc ssuid toolid ufes_redirect widget_ver',
  'etail.market': 'tracking',
  'eufy.com': 'ref',
  'eufylife.com': 'ref',
  'facebook.com': 'fb_ref fb_source ref referral_code referral_story_type tracking',
  'fiverr.com': 'context_referrer funnel imp_id ref_ctx_id referrer_gig_slug source',
  'gamebillet.com': 'affiliate',
  'gamesplanet.com': 'ref',
  'hashnode.com': 'source',
  'honeycode.aws':
    'sc_campaign sc_channel sc_country sc_geo sc_icampaign sc_ichannel sc_icontent sc_iplace sc_outcome trackingId trk trkCampaign',
  'hubspot.com': 'hubs_content hubs_content-cta',
  'imdb.com': 'pf_rd_i pf_rd_m pf_rd_p pf_rd_r pf_rd_s pf_rd_t ref ref_ ref_hp_hp_e_2 rf',
  'imgur.com': 'source',
  'indeed.com': 'attributionid from',
  'instagram.com': 'source',
  'inyourarea.co.uk': 'branding from_reach_footer_nav from_reach_primary_nav',
  'jobs.venturebeat.com': 'source',
  'joybuggy.com': 'ref',
  'lenovo.com': 'PID acid cid clickid linkTrack',
  'linkedin.com':
    'contextUrn destRedirectURL licu lipi midSig midToken originalReferer src trackingId trk trkEmail trkInfo upsellOrderOrigin upsellTrackingId upsellTrk',
  'm10news.com': 'amp',
  'marca.com': 'emk intcmp s_kw',
  'marcaentradas.com': 'intcmp s_kw',
  'medium.com': 'source',
  'microsoft.com': 'icid refd',
  'music.apple.com': 'cId lId sr src',
  'myanimelist.net': '_location click_param click_type',
  'norml.org': 'amp',
  'nytimes.com': 'referringSource smid smtyp',
  'office.com': 'from',
  'open.spotify.com': 'context si sp_cid',
  'play.google.com': 'pcampaignid referrer',
  'plex.tv': 'ckhid origin plex_utm sl',
  'porndude.link': 'ref',
  'producthunt.com': 'ref',
  'quizlet.com': 'funnelUUID source',
  'redbubble.com': 'ref',
  'reddit.com':
    '$android_deeplink_path $deeplink_path $og_redirect base_url campaign correlation_id rdt ref ref_campaign ref_source share_id user_agent',
  'seekvolunteer.co.nz': 'sc_trk tracking',
  'shopee.*':
    'af_click_lookback af_reengagement_window af_siteid af_sub_siteid af_viewthrough_lookback is_retargeting',
  'squarespace.com': 'campaign subcampaign subchannel',
  'stacks.wellcomecollection.org': 'source',
  'startpage.com': 'source',
  'store.steampowered.com': 'snr',
  'substack.com': 'r showWelcomeOnShare',
  'support-dev.discord.com': 'ref',
  'taobao.com': 'pvid scm spm',
  'techcrunch.com': 'guccounter guce_referrer guce_referrer_sig',
  'theguardian.com': 'INTCMP REFPVID acquisitionData',
  'ticketmaster.co.nz': 'tm_link',
  'tmall.com': 'pvid scm spm',
  'twitter.com': 'ref_src ref_url s src',
  'urbandictionary.com': 'amp',
  'voidu.com': 'affiliate',
  'walmart.com':
    'adUid adsRedirect athAsset athancid athbdg athcgid athcpid athguid athieid athmtid athpgid athstid athtvid athwpid athznid bt campaign_id eventST mloc pgId plmt pltfm povid rdf spQs wmlspartner',
  'washingtonpost.com': 'itid s_l',
  'wingamestore.com': 'ars',
  'xhamster.com': 'source',
  'xvideos.com': 'sxcaf',
  'xvideos.red': 'pmln pmsc sxcaf',
  'yahoo.com': 'guccounter guce_referrer guce_referrer_sig soc_src soc_trk tsrc',
  'yandex.com': 'from grhow origin',
  'youtube.com': 'ab_channel app cId embeds_referring_euri feature lId pp si src',
};
