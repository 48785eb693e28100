/** What the HTTP surface answers, read anew from catalog, journals and dead letters; begin with {@link dolmen.http.Site}. */
package dolmen.http;
