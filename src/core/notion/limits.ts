/** What one value may hold ("Request limits", and `stringRequest` in the API's description). */

/** "Any URL" in "Request limits". */
export const MAX_URL = 2_000;
/** Options, people, related pages, files or items of rich text in one value. */
export const MAX_LISTED = 100;
/** E-mail addresses, phone numbers and names of files. */
export const MAX_STRING = 100;
